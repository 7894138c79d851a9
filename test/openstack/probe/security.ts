import { idOf, listOf, type Probe, showing, UNKNOWN_ID } from "./probe";

const GROUPS = "/v2.0/security-groups";
const RULES = "/v2.0/security-group-rules";

/** Security groups and their rules; returns a group that is used by the port. */
export async function probeSecurity(probe: Probe, port: string): Promise<string> {
  const group = await groups(probe);
  await rules(probe, group);
  await invalidRules(probe, group);
  await probe.send("PUT", "network", `/v2.0/ports/${port}`, { port: { security_groups: [group] } });
  await probe.ask("group deleted while it is used", ["DELETE", "network", `${GROUPS}/${group}`]);
  const [fallback] = listOf(await probe.send("GET", "network", `${GROUPS}?name=default`), "security_groups");
  await probe.ask("group default deleted", ["DELETE", "network", `${GROUPS}/${String(fallback?.["id"])}`]);
  return group;
}

async function groups(probe: Probe): Promise<string> {
  const create = (name: string, properties: object) =>
    probe.ask(
      name,
      ["POST", "network", GROUPS],
      { security_group: properties },
      (body) => listOf(body["security_group"] as Readonly<Record<string, unknown>>, "security_group_rules").length,
    );
  const group = idOf(await create("group", { name: "probe" }), "security_group");
  const same = await create("group with the same name", { name: "probe" });
  await create("group named default", { name: "default" });
  const unnamed = await create("group without a name", { description: "x" });
  for (const each of [same, unnamed])
    await probe.send("DELETE", "network", `${GROUPS}/${idOf(each, "security_group")}`);
  return group;
}

function ruleOf(probe: Probe, group: string) {
  const fields = ["ethertype", "protocol", "port_range_min", "port_range_max", "remote_ip_prefix"];
  return (name: string, properties: object) =>
    probe.ask(
      `rule ${name}`,
      ["POST", "network", RULES],
      { security_group_rule: { security_group_id: group, direction: "ingress", ...properties } },
      showing(...fields.map((each) => `security_group_rule.${each}`)),
    );
}

const tcp = (from: number, to = from) => ({ protocol: "tcp", port_range_min: from, port_range_max: to });
const BLOCK = { remote_ip_prefix: "10.0.0.0/8" };

async function rules(probe: Probe, group: string): Promise<void> {
  const rule = ruleOf(probe, group);
  await rule("for a port", { ...tcp(22), ...BLOCK });
  await rule("twice", { ...tcp(22), ...BLOCK });
  await rule("twice, with the protocol's number", { ...tcp(22), protocol: "6", ...BLOCK });
  await rule("twice, with another description", { ...tcp(22), ...BLOCK, description: "other" });
  await rule("with host bits", { ...tcp(23), remote_ip_prefix: "10.0.0.7/8" });
  await rule("with a single address", { ...tcp(33), remote_ip_prefix: "10.0.0.7" });
  await rule("for everyone", { ...tcp(24), remote_ip_prefix: "0.0.0.0/0" });
  await rule("for everyone, without a block", tcp(24));
  await rule("for ICMP", { protocol: "icmp" });
  await rule("for ICMP type 8", { protocol: "icmp", port_range_min: 8 });
  await rule("for VRRP", { protocol: "vrrp" });
  await rule("for VRRP, by number", { protocol: "112" });
  await rule("for IP in IP", { protocol: "ipip" });
  await rule("for IP in IP, by number", { protocol: "4" });
  await rule("for all protocols", { protocol: null });
  await rule("for all protocols, twice", {});
  await rule("for a group", { ...tcp(34), remote_group_id: group });
}

async function invalidRules(probe: Probe, group: string): Promise<void> {
  const rule = ruleOf(probe, group);
  await rule("with two peers", { ...tcp(25), ...BLOCK, remote_group_id: group });
  await rule("with ports but without a protocol", { port_range_min: 25, port_range_max: 25 });
  await rule("with a descending range", tcp(26, 25));
  await rule("for port 0", tcp(0, 25));
  await rule("for port 65536", tcp(65_536));
  await rule("with half a range", { protocol: "tcp", port_range_min: 30 });
  await rule("for ICMP type 300", { protocol: "icmp", port_range_min: 300 });
  await rule("for an unknown protocol", { protocol: "carrier-pigeon" });
  await rule("for protocol 256", { protocol: "256" });
  await rule("for IPv4 with an IPv6 block", { ...tcp(31), ethertype: "IPv4", remote_ip_prefix: "::/0" });
  await rule("for IPv4 with ICMPv6", { protocol: "ipv6-icmp", ethertype: "IPv4" });
  await rule("with a long description", { ...tcp(32), description: "x".repeat(256) });
  await rule("with an unknown direction", { ...tcp(35), direction: "inwards" });
  await rule("with an unknown group as peer", { ...tcp(36), remote_group_id: UNKNOWN_ID });
  await rule("of an unknown group", { ...tcp(37), security_group_id: UNKNOWN_ID });
}
