import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { Peer } from "@groundwork/constructs/core/peer";
import { ClusterFirewall, type ClusterFirewallProps } from "@groundwork/constructs/kpaas/cluster/cluster-firewall";
import { KPS024 } from "@groundwork/constructs/kpaas/rules";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST006 } from "@groundwork/constructs/openstack/rules";
import { resources } from "../../../support/fixture";
import { KINDS, lab } from "../../../support/kpaas";
import { openstackStack } from "../../../support/openstack";

const OFFICE = Peer.ipv4("203.0.113.128/25");

/** A stack with the firewall of a cluster. */
function firewallStack(props: Partial<ClusterFirewallProps> = {}, stack = openstackStack()) {
  const firewall = new ClusterFirewall(stack, "Firewall", { plan: lab(), administrators: [OFFICE], ...props });
  return { stack, firewall };
}

/** The rules of a stack, as `<direction> <peer> <protocol> <ports>`. */
function rules({ stack }: ReturnType<typeof firewallStack>): readonly string[] {
  return resources(stack, NetworkingSecgroupRuleV2).map((rule) =>
    [rule["direction"], rule["remote_ip_prefix"] ?? "group", rule["protocol"], rule["port_range_min"]].join(" "),
  );
}

describe("ClusterFirewall", () => {
  test("has a group for all nodes, and one for each other role", () => {
    const names = (kind: string) =>
      resources(firewallStack({ plan: KINDS[kind]?.() ?? lab() }).stack, NetworkingSecgroupV2)
        .map((group) => String(group["description"]))
        .sort();
    expect(names("single-nfs")).toEqual(["K-PaaS: control-plane", "K-PaaS: nfs", "K-PaaS: node"]);
    expect(names("rook-ceph")).toEqual(["K-PaaS: control-plane", "K-PaaS: node"]);
    expect(names("ha-external")).toContain("K-PaaS: etcd");
  });

  test("describes every rule", () => {
    const all = resources(firewallStack().stack, NetworkingSecgroupRuleV2);
    expect(all.filter((rule) => !/^anything out$|^[A-Za-z].{4,}\(.+\)$/.test(String(rule["description"])))).toEqual([]);
    expect(all.length).toBeGreaterThan(25);
  });

  test("opens nothing to the internet without clients", () => {
    expect(rules(firewallStack()).filter((rule) => rule.startsWith("ingress 0.0.0.0/0"))).toEqual([]);
    const open = rules(firewallStack({ clients: [Peer.anyIpv4()] })).filter((rule) =>
      rule.startsWith("ingress 0.0.0.0/0"),
    );
    expect([...new Set(open)].sort()).toEqual([
      "ingress 0.0.0.0/0 tcp 30000",
      "ingress 0.0.0.0/0 tcp 443",
      "ingress 0.0.0.0/0 tcp 80",
    ]);
  });

  test("allows SSH of administrators from a block or a bastion's group", () => {
    expect(rules(firewallStack()).filter((rule) => rule === `ingress ${OFFICE.toString()} tcp 22`)).toHaveLength(2);
    const stack = openstackStack();
    const bastion = new SecurityGroup(stack, "Bastion", { description: "bastion" });
    firewallStack({ administrators: [bastion] }, stack);
    const egress = resources(stack, NetworkingSecgroupRuleV2).filter(({ address }) => address.includes("Bastion_to"));
    expect(new Set(egress.map((rule) => rule["port_range_min"]))).toEqual(new Set([22, 6443]));
  });

  test("keeps the Terraform addresses of its rules when clients are added", () => {
    const addresses = (props: Partial<ClusterFirewallProps>) =>
      resources(firewallStack(props).stack, NetworkingSecgroupRuleV2).map(({ address }) => address);
    expect(addresses({ clients: [Peer.anyIpv4()] })).toEqual(expect.arrayContaining([...addresses({})]));
  });

  test.each(Object.entries(KINDS))("can be created for %s", (_, createPlan) => {
    expect(() => firewallStack({ plan: createPlan(), clients: [Peer.anyIpv4()] })).not.toThrow();
  });

  test("rejects administrators from any address", () => {
    expect(() => firewallStack({ administrators: [Peer.anyIpv4()] })).toViolate(OST006, /bastion/);
  });

  test("gives nodes a common group, and the control plane an additional one", () => {
    const { firewall } = firewallStack();
    const [workers, masters, servers] = (["worker", "control-plane", "nfs"] as const).map((role) =>
      firewall.groupsOf(role),
    );
    expect(workers).toHaveLength(1);
    expect(masters?.[0]).toBe(workers?.[0]);
    expect(masters).toHaveLength(2);
    expect(servers).toHaveLength(1);
    expect(servers?.[0]).not.toBe(workers?.[0]);
  });

  test.each(Object.entries(KINDS))("uses less than the default quota of 100 rules, for %s", (_, createPlan) => {
    const { stack } = firewallStack({ plan: createPlan(), clients: [Peer.anyIpv4()] });
    expect(resources(stack, NetworkingSecgroupRuleV2).length).toBeLessThan(60);
  });

  test("rejects a role that the plan does not have", () => {
    expect(() => firewallStack().firewall.groupsOf("etcd")).toViolate(
      KPS024,
      /use a group of the plan: node, control-plane, nfs/,
    );
  });
});
