import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import type { ComputeInstanceV2Config } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { LbListenerV2 } from "@cdktf/provider-openstack/lib/lb-listener-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import type { NetworkingPortV2Config } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingRouterV2 } from "@cdktf/provider-openstack/lib/networking-router-v2";
import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { FirewallGroup } from "@groundwork/constructs/openstack/security/firewall-group";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Port as NetworkPort } from "@groundwork/constructs/openstack/network/port";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import type { TerraformStack } from "cdktf";
import { openstackStack, twoTiers } from "../../../../support/openstack";
import { fleet } from "../../../../support/openstack-fleet";

const INTERNET = Peer.internet();
const OFFICE = Peer.ipv4("203.0.113.0/24");

/** A port written by hand in the private subnet. */
function port(
  tiers: ReturnType<typeof twoTiers>,
  id: string,
  props: Partial<NetworkingPortV2Config> = {},
): NetworkingPortV2 {
  const { networkId, subnetId } = tiers.privateSubnet;
  return new NetworkingPortV2(tiers.stack, id, { networkId, fixedIp: [{ subnetId }], ...props });
}

/** A machine written by hand. */
function machine(stack: TerraformStack, props: Partial<ComputeInstanceV2Config>): ComputeInstanceV2 {
  return new ComputeInstanceV2(stack, "machine", { name: "machine", ...props });
}

describe("the lab's fleet", () => {
  const stack = openstackStack();
  const { controlPlane, workers, nfs } = fleet(stack);
  const traffic = reachability(stack);

  test("shows the world the sample workload and nothing else, through the interface that is there for it", () => {
    expect(traffic.from(INTERNET).to(controlPlane, Port.tcp(30087)).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(controlPlane, Port.tcp(6443)).verdict).toBe("blocked");
    expect(traffic.from(OFFICE).to(controlPlane, Port.SSH).verdict).toBe("passes");
    for (const one of [...workers, nfs]) expect(traffic.from(INTERNET).to(one, Port.ALL).verdict).toBe("blocked");
  });

  test("lets nodes reach each other and the internet", () => {
    for (const one of workers) {
      expect(traffic.from(one).to(nfs, Port.tcp(2049)).verdict).toBe("passes");
      expect(traffic.from(one).to(controlPlane, Port.tcp(6443)).verdict).toBe("passes");
      expect(traffic.from(one).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
    }
  });
});

describe("routers", () => {
  test("without an external network lead inside only; without translation, out for floating IPs only", () => {
    const out = (change: (router: NetworkingRouterV2) => void) => {
      const tiers = twoTiers();
      const { defaultChild } = tiers.router.node;
      if (!NetworkingRouterV2.isTerraformResource(defaultChild)) throw new Error("a router has its resource");
      const resource = tiers.stack.node.findAll().find((one): one is NetworkingRouterV2 => one === defaultChild);
      if (resource !== undefined) change(resource);
      const shy = new NetworkPort(tiers.stack, "Shy", { subnet: tiers.privateSubnet, securityGroups: [] });
      const open = port(tiers, "open", { portSecurityEnabled: false });
      const traffic = reachability(tiers.stack);
      return [
        traffic.from(open).to(INTERNET, Port.HTTPS).hops.at(-1)?.toString(),
        traffic.from(shy).to(INTERNET, Port.HTTPS).verdict,
      ];
    };
    expect(out(() => undefined)).toEqual(["test/Router lends it its own address", "blocked"]);
    expect(out((router) => router.addOverride("enable_snat", false))[0]).toBe(
      "test/open has no address of the internet",
    );
    expect(out((router) => router.resetExternalNetworkId())[0]).toBe(
      "no route from subnet test/Private to the internet",
    );
  });

  test("connect what they have interfaces in, and nothing else", () => {
    const tiers = twoTiers();
    const network = new Network(tiers.stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const lonely = new Subnet(tiers.stack, "Lonely", { network, cidr: Cidr.parse("10.0.0.0/24") });
    const traffic = reachability(tiers.stack);
    expect(traffic.from(tiers.publicSubnet).to(tiers.privateSubnet, Port.SSH).passes).toBe(true);
    expect(traffic.from(lonely).to(tiers.privateSubnet, Port.SSH).hops.join()).toMatch(
      /no route from subnet test\/Lonely/,
    );
    expect(traffic.from(tiers.network).to(INTERNET, Port.HTTPS).passes).toBe(true);
  });

  test("behind a firewall group are unknown, since its rules are not read", () => {
    const tiers = twoTiers();
    new FirewallGroup(tiers.stack, "Wall", { router: tiers.router, inbound: [], outbound: [] });
    expect(reachability(tiers.stack).from(INTERNET).to(tiers.publicSubnet, Port.SSH).toString()).toContain(
      "cannot know: what firewall group test/Wall lets through",
    );
  });
});

describe("security groups", () => {
  test("let everything out by the rules that Neutron adds, unless they are taken out", () => {
    const tiers = twoTiers();
    const [kept, emptied] = [undefined, true].map((deleteDefaultRules) => {
      const id = deleteDefaultRules === true ? "emptied" : "kept";
      const given = deleteDefaultRules === undefined ? {} : { deleteDefaultRules };
      const { id: groupId } = new NetworkingSecgroupV2(tiers.stack, id, { name: id, ...given });
      return port(tiers, `${id}-port`, { securityGroupIds: [groupId] });
    });
    if (kept === undefined || emptied === undefined) throw new Error("two ports were made");
    const traffic = reachability(tiers.stack);
    expect([kept, emptied].map((from) => traffic.from(from).to(INTERNET, Port.HTTPS).verdict)).toEqual([
      "passes",
      "blocked",
    ]);
  });

  test("take a rule without ports for all ports, and without a peer for everybody; IPv6 is another matter", () => {
    const asked = (props: { readonly ethertype: string; readonly protocol?: string }) => {
      const tiers = twoTiers();
      const { id: securityGroupId } = new NetworkingSecgroupV2(tiers.stack, "group", { name: "group" });
      new NetworkingSecgroupRuleV2(tiers.stack, "rule", { securityGroupId, direction: "ingress", ...props });
      const to = port(tiers, "port", { securityGroupIds: [securityGroupId] });
      return reachability(tiers.stack).from(tiers.publicSubnet).to(to, Port.SSH).verdict;
    };
    expect(asked({ ethertype: "IPv4" })).toBe("passes");
    expect(asked({ ethertype: "IPv4", protocol: "tcp" })).toBe("passes");
    expect(asked({ ethertype: "IPv4", protocol: "udp" })).toBe("blocked");
    expect(asked({ ethertype: "IPv4", protocol: "112" })).toBe("blocked");
    expect(asked({ ethertype: "IPv6" })).toBe("blocked");
  });

  test("are the project's default one where a port names none, and nobody knows what it says", () => {
    const tiers = twoTiers();
    const to = port(tiers, "port");
    expect(reachability(tiers.stack).from(tiers.publicSubnet).to(to, Port.SSH).toString()).toContain(
      "cannot know: security group default has rules that this tree does not hold",
    );
  });

  test("shut a port that has none, and are no matter at one without protection", () => {
    const tiers = twoTiers();
    const ports = [
      port(tiers, "shut", { noSecurityGroups: true }),
      port(tiers, "open", { portSecurityEnabled: false }),
    ];
    const traffic = reachability(tiers.stack).from(tiers.publicSubnet);
    expect(ports.map((to) => traffic.to(to, Port.SSH).verdict)).toEqual(["blocked", "passes"]);
  });

  test("stand for the ports that carry them", () => {
    const tiers = twoTiers();
    const group = new SecurityGroup(tiers.stack, "Group", { description: "group" });
    port(tiers, "port", { securityGroupIds: [group.securityGroupId] });
    expect(reachability(tiers.stack).from(group).to(INTERNET, Port.HTTPS).question).toBe(
      "test/port to the internet, tcp 443",
    );
  });
});

describe("machines", () => {
  test("have the ports that they are given, and those that are made with them", () => {
    const tiers = twoTiers();
    const address = new FloatingIp(tiers.stack, "Address", { external: tiers.internet });
    const open = new SecurityGroup(tiers.stack, "Open", { description: "web" });
    open.connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "web");
    const given = new NetworkPort(tiers.stack, "Port", {
      subnet: tiers.publicSubnet,
      securityGroups: [open],
      floatingIp: address,
    });
    const made = machine(tiers.stack, { network: [{ uuid: tiers.network.networkId }, { port: given.portId }] });
    expect(reachability(tiers.stack).from(INTERNET).to(made, Port.HTTP).passes).toBe(true);
  });

  test("stand in the only subnet of a network that they name, with the groups that they name", () => {
    const stack = openstackStack();
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16") });
    const subnet = new Subnet(stack, "Subnet", { network, cidr: Cidr.parse("10.0.0.0/24") });
    const group = new NetworkingSecgroupV2(stack, "group", { name: "group", deleteDefaultRules: true });
    const made = machine(stack, { network: [{ uuid: network.networkId }], securityGroups: [group.name] });
    expect(reachability(stack).from(subnet).to(made, Port.SSH).hops.at(-1)?.toString()).toBe(
      "blocked at security group test/group: no rule lets it in",
    );
  });

  test("in a network that stands elsewhere are unknown", () => {
    const made = machine(twoTiers().stack, { network: [{ name: "office" }] });
    expect(reachability(made.cdktfStack).from(INTERNET).to(made, Port.SSH).verdict).toBe("blocked");
    expect(reachability(made.cdktfStack).from(made).to(INTERNET, Port.SSH).toString()).toContain("cannot know");
  });
});

describe("load balancers", () => {
  const targets = [{ name: "node", fixedAddress: "172.31.0.10" }];

  function balancer() {
    const { stack, internet, publicSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    return { stack, made: new LoadBalancer(stack, "Web", { subnet: publicSubnet, floatingIp }) };
  }

  test("are open on the ports of their listeners", () => {
    const { stack, made } = balancer();
    made.addListener("https", { port: 443, targets });
    const traffic = reachability(stack).from(INTERNET);
    expect(traffic.to(made, Port.HTTPS).toString()).toMatch(
      /allowed by .*of test\/Web.*'s listeners, rule "test\/Web\/https/,
    );
    expect(traffic.to(made, Port.HTTP).verdict).toBe("blocked");
  });

  test("are as open as their listeners say: to blocks, by UDP, on a port that nobody knows yet", () => {
    const { stack, made } = balancer();
    const listen = (id: string, protocol: string, protocolPort: number, allowedCidrs?: string[]) =>
      new LbListenerV2(stack, id, {
        ...{ loadbalancerId: made.loadBalancerId, protocol, protocolPort },
        ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
      });
    listen("Office", "HTTP", 80, ["203.0.113.0/24"]);
    listen("Names", "UDP", 53);
    const traffic = reachability(stack);
    expect(traffic.from(OFFICE).to(made, Port.HTTP).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(made, Port.HTTP).verdict).not.toBe("passes");
    expect(traffic.from(INTERNET).to(made, Port.DNS_UDP).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(made, Port.tcp(53)).verdict).toBe("blocked");
    listen("Later", "TCP", 0).addOverride("protocol_port", "${var.later}");
    expect(reachability(stack).from(INTERNET).to(made, Port.tcp(53)).verdict).toBe("unknown");
  });

  test("are as open as their groups, where they have some", () => {
    const { stack, internet, publicSubnet } = twoTiers();
    const group = new SecurityGroup(stack, "Edge", { description: "edge" });
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    const made = new LoadBalancer(stack, "Web", { subnet: publicSubnet, floatingIp, securityGroups: [group] });
    made.addListener("https", { port: 443, targets });
    expect(reachability(stack).from(INTERNET).to(made, Port.HTTPS).verdict).toBe("blocked");
  });
});
