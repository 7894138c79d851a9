import { field, idOf, listOf, type Probe, showing, UNKNOWN_ID } from "./probe";

const NETWORKS = "/v2.0/networks";
const SUBNETS = "/v2.0/subnets";
const PORTS = "/v2.0/ports";
const ROUTERS = "/v2.0/routers";
const FLOATING_IPS = "/v2.0/floatingips";

const post = (path: string) => ["POST", "network", path] as const;
const put = (path: string) => ["PUT", "network", path] as const;
const get = (path: string) => ["GET", "network", path] as const;
const remove = (path: string) => ["DELETE", "network", path] as const;

/** Objects that later parts of the probe use. */
export interface ProbeNetwork {
  readonly external: string;
  readonly network: string;
  readonly subnet: string;
  readonly router: string;
  /** A port with a floating IP, and one without. */
  readonly ports: readonly [string, string];
}

/** Networks, subnets, ports, routers and floating IPs. */
export async function probeNetwork(probe: Probe): Promise<ProbeNetwork> {
  const network = idOf(await probe.ask("network", post(NETWORKS), { network: { name: "probe" } }), "network");
  const subnet = await subnets(probe, network);
  await networks(probe);
  const external = await externalNetwork(probe);
  const port = await ports(probe, network, subnet);
  const floatingIp = await floatingIps(probe, external, network, port);
  const { router, second } = await routers(probe, { external, network, subnet, port });
  await connections(probe, { external, router, subnet, floatingIp, ports: [port, second] });
  await deletions(probe, { router, network, subnet });
  return { external, network, subnet, router, ports: [port, second] };
}

async function subnets(probe: Probe, network: string): Promise<string> {
  const create = (name: string, properties: object, ...fields: readonly string[]) =>
    probe.ask(
      `subnet ${name}`,
      post(SUBNETS),
      { subnet: { network_id: network, ip_version: 4, ...properties } },
      fields.length === 0 ? undefined : showing(...fields.map((each) => `subnet.${each}`)),
    );
  const pool = (start: string, end: string) => ({ start: `10.9.${start}`, end: `10.9.${end}` });
  const created = await create(
    "",
    { cidr: "10.9.0.0/24" },
    "gateway_ip",
    "allocation_pools",
    "enable_dhcp",
    "dns_nameservers",
  );
  await create("that overlaps", { cidr: "10.9.0.0/25" });
  await create("with a gateway outside", { cidr: "10.9.2.0/24", gateway_ip: "10.99.0.1" }, "gateway_ip");
  await create("with host bits", { cidr: "10.9.5.7/24" }, "cidr", "gateway_ip", "allocation_pools");
  const gateway = { cidr: "10.9.6.0/24", gateway_ip: "10.9.6.1" };
  await create("with its gateway in its pool", { ...gateway, allocation_pools: [pool("6.1", "6.20")] });
  await create("with a pool outside", { cidr: "10.9.7.0/24", allocation_pools: [pool("8.1", "8.20")] });
  const overlapping = [pool("9.10", "9.20"), pool("9.15", "9.30")];
  await create("with overlapping pools", { cidr: "10.9.9.0/24", allocation_pools: overlapping });
  await create("with a descending pool", { cidr: "10.9.10.0/24", allocation_pools: [pool("10.20", "10.10")] });
  await create("without IP version", { cidr: "10.9.20.0/24", ip_version: undefined });
  await create("of IP version 6 with an IPv4 block", { cidr: "10.9.21.0/24", ip_version: 6 });
  await create("that is no block", { cidr: "10.9.22.0" });
  await create("of an unknown network", { cidr: "10.9.23.0/24", network_id: UNKNOWN_ID });
  await create("without gateway", { cidr: "10.9.24.0/24", gateway_ip: null }, "gateway_ip", "allocation_pools");
  await create("with a long name", { cidr: "10.9.25.0/24", name: "x".repeat(256) });
  return idOf(created, "subnet");
}

async function networks(probe: Probe): Promise<void> {
  const create = (name: string, properties: object, ...fields: readonly string[]) =>
    probe.ask(
      `network ${name}`,
      post(NETWORKS),
      { network: { name: "probe-other", ...properties } },
      showing(...fields.map((each) => `network.${each}`)),
    );
  await create("that is shared", { shared: true });
  await create("that is external", { "router:external": true });
  await create("with an unknown field", { colour: "red" });
  await create("with an MTU above the maximum", { mtu: 9_000 });
  await create("with an MTU", { mtu: 1_400 }, "mtu");
  await create("with a long description", { description: "x".repeat(256) });
  await probe.ask("unknown network", get(`${NETWORKS}/${UNKNOWN_ID}`));
}

async function externalNetwork(probe: Probe): Promise<string> {
  const found = await probe.ask(
    "external networks",
    get(`${NETWORKS}?router:external=true`),
    undefined,
    (body) => listOf(body, "networks").length,
  );
  const id = listOf(found, "networks")[0]?.["id"];
  return typeof id === "string" ? id : UNKNOWN_ID;
}

async function ports(probe: Probe, network: string, subnet: string): Promise<string> {
  const create = (name: string, properties: object, ...fields: readonly string[]) =>
    probe.ask(
      `port ${name}`,
      post(PORTS),
      { port: { network_id: network, ...properties } },
      fields.length === 0 ? undefined : showing(...fields.map((each) => `port.${each}`)),
    );
  const at = (address: string) => ({ fixed_ips: [{ subnet_id: subnet, ip_address: address }] });
  const port = await create(
    "",
    at("10.9.0.10"),
    "status",
    "device_owner",
    "security_groups.length",
    "port_security_enabled",
  );
  await create("at an address in use", at("10.9.0.10"));
  await create("at an address outside", at("10.8.0.10"));
  await create("at the broadcast address", at("10.9.0.255"));
  await create("at the network address", at("10.9.0.0"));
  const gateway = await create("at the gateway's address", at("10.9.0.1"), "status");
  await probe.send("DELETE", "network", `${PORTS}/${idOf(gateway, "port")}`);
  await create("without security but with pairs", {
    port_security_enabled: false,
    allowed_address_pairs: [{ ip_address: "10.1.0.0/16" }],
  });
  await create("of an unknown network", { network_id: UNKNOWN_ID });
  await create("with an unknown subnet", { fixed_ips: [{ subnet_id: UNKNOWN_ID }] });
  await addressPairs(probe, idOf(port, "port"));
  return idOf(port, "port");
}

async function addressPairs(probe: Probe, port: string): Promise<void> {
  const set = (name: string, addresses: readonly string[]) =>
    probe.ask(
      `address pairs: ${name}`,
      put(`${PORTS}/${port}`),
      { port: { allowed_address_pairs: addresses.map((address) => ({ ip_address: address })) } },
      (body) =>
        listOf(body["port"] as Readonly<Record<string, unknown>>, "allowed_address_pairs").map(
          (pair) => pair["ip_address"],
        ),
    );
  const blocks = (count: number) => Array.from({ length: count }, (_, index) => `10.1.${index}.0/24`);
  await set("everything", ["0.0.0.0/0"]);
  await set("the port's own address", ["10.9.0.10"]);
  await set("the same block twice", ["10.1.0.0/16", "10.1.0.0/16"]);
  await set("an address and the same address as a block", ["10.1.0.7", "10.1.0.7/32"]);
  await set("ten", blocks(10));
  await set("eleven", blocks(11));
  await set("a block with host bits", ["10.1.0.7/24"]);
  await set("no address", ["pods"]);
  await set("a prefix of 33", ["10.1.0.0/33"]);
  await set("none", []);
  await probe.ask("port with an unknown security group", put(`${PORTS}/${port}`), {
    port: { security_groups: [UNKNOWN_ID] },
  });
  await probe.ask("port with a changed network", put(`${PORTS}/${port}`), { port: { network_id: UNKNOWN_ID } });
}

async function floatingIps(probe: Probe, external: string, network: string, port: string): Promise<string> {
  const create = (name: string, properties: object) =>
    probe.ask(
      `floating IP ${name}`,
      post(FLOATING_IPS),
      { floatingip: properties },
      showing("floatingip.status", "floatingip.port_id"),
    );
  await probe.ask("port on the external network", post(PORTS), { port: { network_id: external } });
  const created = idOf(await create("", { floating_network_id: external }), "floatingip");
  await probe.ask("floating IP to a port without router", put(`${FLOATING_IPS}/${created}`), {
    floatingip: { port_id: port },
  });
  await create("with a chosen address", { floating_network_id: external, floating_ip_address: "198.51.100.77" });
  await create("of an inner network", { floating_network_id: network });
  await create("of an unknown network", { floating_network_id: UNKNOWN_ID });
  return created;
}

interface RouterParts {
  readonly external: string;
  readonly network: string;
  readonly subnet: string;
  readonly port: string;
}

async function routers(
  probe: Probe,
  { external, network, subnet }: RouterParts,
): Promise<{ router: string; second: string }> {
  const gateway = { network_id: external };
  const router = idOf(
    await probe.ask(
      "router",
      post(ROUTERS),
      { router: { name: "probe", external_gateway_info: gateway } },
      showing("router.status", "router.admin_state_up", "router.routes", "router.external_gateway_info.enable_snat"),
    ),
    "router",
  );
  await probe.ask("router that is not distributed", post(ROUTERS), {
    router: { name: "probe-other", distributed: false },
  });
  await probe.ask("router without SNAT", put(`${ROUTERS}/${router}`), {
    router: { external_gateway_info: { ...gateway, enable_snat: false } },
  });
  await probe.ask("router to an inner network", put(`${ROUTERS}/${router}`), {
    router: { external_gateway_info: { network_id: network } },
  });
  const connect = (name: string, id: string) =>
    probe.ask(`router interface ${name}`, put(`${ROUTERS}/${router}/add_router_interface`), { subnet_id: id });
  await connect("", subnet);
  await connect("twice", subnet);
  await connect("of an unknown subnet", UNKNOWN_ID);
  const other = idOf(await probe.send("POST", "network", NETWORKS, { network: { name: "probe-overlap" } }), "network");
  const overlap = await probe.send("POST", "network", SUBNETS, {
    subnet: { network_id: other, cidr: "10.9.0.128/25", ip_version: 4 },
  });
  await connect("that overlaps", idOf(overlap, "subnet"));
  const fixed = { network_id: network, fixed_ips: [{ subnet_id: subnet, ip_address: "10.9.0.11" }] };
  const second = idOf(await probe.send("POST", "network", PORTS, { port: fixed }), "port");
  return { router, second };
}

interface Connected {
  readonly external: string;
  readonly router: string;
  readonly subnet: string;
  readonly floatingIp: string;
  readonly ports: readonly [string, string];
}

async function connections(
  probe: Probe,
  { external, router, subnet, floatingIp, ports: [first, second] }: Connected,
): Promise<void> {
  const set = (name: string, properties: object) =>
    probe.ask(
      `floating IP ${name}`,
      put(`${FLOATING_IPS}/${floatingIp}`),
      { floatingip: properties },
      showing("floatingip.fixed_ip_address", "floatingip.description"),
    );
  await set("is connected", { port_id: first });
  await set("is moved", { port_id: second });
  await set("is moved back", { port_id: first });
  const other = await probe.send("POST", "network", FLOATING_IPS, { floatingip: { floating_network_id: external } });
  await probe.ask("second floating IP of a port", put(`${FLOATING_IPS}/${idOf(other, "floatingip")}`), {
    floatingip: { port_id: first },
  });
  const described = await set("gets only a description", { description: "x" });
  // Neutron disconnects it if the request contains no port; then the next ones would compare nothing.
  if (field(described, "floatingip.port_id") === null)
    await probe.send("PUT", "network", `${FLOATING_IPS}/${floatingIp}`, { floatingip: { port_id: first } });
  await set("of an unknown port", { port_id: UNKNOWN_ID });
  await probe.ask("gateway removed while it is used", put(`${ROUTERS}/${router}`), {
    router: { external_gateway_info: null },
  });
  await probe.ask("interface removed while it is used", put(`${ROUTERS}/${router}/remove_router_interface`), {
    subnet_id: subnet,
  });
}

async function deletions(
  probe: Probe,
  { router, network, subnet }: { router: string; network: string; subnet: string },
): Promise<void> {
  const route = (name: string, destination: string, nexthop: string) =>
    probe.ask(
      `route ${name}`,
      put(`${ROUTERS}/${router}`),
      { router: { routes: [{ destination, nexthop }] } },
      showing("router.routes"),
    );
  await route("to an unreachable address", "10.77.0.0/16", "10.99.0.1");
  await route("to a port", "10.77.0.0/16", "10.9.0.10");
  await route("to the router itself", "10.77.0.0/16", "10.9.0.1");
  await route("with host bits", "10.77.0.1/16", "10.9.0.10");
  const attached = await probe.send(
    "GET",
    "network",
    `${PORTS}?device_id=${router}&device_owner=network:router_interface`,
  );
  await probe.ask("port of a router deleted", remove(`${PORTS}/${String(listOf(attached, "ports")[0]?.["id"])}`));
  await probe.ask("router deleted while it is used", remove(`${ROUTERS}/${router}`));
  await probe.ask("network deleted while it is used", remove(`${NETWORKS}/${network}`));
  await probe.ask("subnet deleted while it is used", remove(`${SUBNETS}/${subnet}`));
  await probe.ask("unknown port deleted", remove(`${PORTS}/${UNKNOWN_ID}`));
}
