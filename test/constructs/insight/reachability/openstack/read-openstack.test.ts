import {
  ComputeInstanceV2,
  type ComputeInstanceV2Config,
} from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { NetworkingPortV2, type NetworkingPortV2Config } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingRouterV2 } from "@groundwork/provider-openstack/lib/networking-router-v2";
import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { defined } from "@groundwork/constructs/core/defined";
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

/** A port without constructs of this library, in the private subnet. */
function port(
  tiers: ReturnType<typeof twoTiers>,
  id: string,
  props: Partial<NetworkingPortV2Config> = {},
): NetworkingPortV2 {
  const { networkId, subnetId } = tiers.privateSubnet;
  return new NetworkingPortV2(tiers.stack, id, { networkId, fixedIp: [{ subnetId }], ...props });
}

/** A machine without constructs of this library. */
function machine(stack: TerraformStack, props: Partial<ComputeInstanceV2Config>): ComputeInstanceV2 {
  return new ComputeInstanceV2(stack, "machine", { name: "machine", ...props });
}

describe("the lab's fleet", () => {
  const stack = openstackStack();
  const { controlPlane, workers, nfs } = fleet(stack);
  const traffic = reachability(stack);

  test("exposes only the sample workload to the internet, through its own interface", () => {
    expect(traffic.from(INTERNET).to(controlPlane, Port.tcp(30087)).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(controlPlane, Port.tcp(6443)).verdict).toBe("blocked");
    expect(traffic.from(OFFICE).to(controlPlane, Port.SSH).verdict).toBe("passes");
    for (const one of [...workers, nfs]) expect(traffic.from(INTERNET).to(one, Port.ALL).verdict).toBe("blocked");
  });

  test("permits traffic between nodes and to the internet", () => {
    for (const one of workers) {
      expect(traffic.from(one).to(nfs, Port.tcp(2049)).verdict).toBe("passes");
      expect(traffic.from(one).to(controlPlane, Port.tcp(6443)).verdict).toBe("passes");
      expect(traffic.from(one).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
    }
  });
});

describe("routers", () => {
  test("need an external network for outbound traffic, and SNAT or floating IPs", () => {
    const out = (change: (router: NetworkingRouterV2) => void) => {
      const tiers = twoTiers();
      const { defaultChild } = tiers.router.node;
      if (!NetworkingRouterV2.isTerraformResource(defaultChild)) throw new Error("expected a router resource");
      const resource = tiers.stack.node.findAll().find((one): one is NetworkingRouterV2 => one === defaultChild);
      if (resource !== undefined) change(resource);
      const closed = new NetworkPort(tiers.stack, "Closed", { subnet: tiers.privateSubnet, securityGroups: [] });
      const open = port(tiers, "open", { portSecurityEnabled: false });
      const traffic = reachability(tiers.stack);
      return [
        traffic.from(open).to(INTERNET, Port.HTTPS).hops.at(-1)?.toString(),
        traffic.from(closed).to(INTERNET, Port.HTTPS).verdict,
      ];
    };
    expect(out(() => undefined)).toEqual(["test/Router translates to its own address", "blocked"]);
    expect(out((router) => router.addOverride("enable_snat", false))[0]).toBe("test/open has no public address");
    expect(out((router) => router.resetExternalNetworkId())[0]).toBe(
      "no route from subnet test/Private to the internet",
    );
  });

  test("connect the subnets of their interfaces only", () => {
    const tiers = twoTiers();
    const network = new Network(tiers.stack, "Other", { cidr: Cidr.parse("10.0.0.0/16") });
    const isolated = new Subnet(tiers.stack, "Isolated", { network, cidr: Cidr.parse("10.0.0.0/24") });
    const traffic = reachability(tiers.stack);
    expect(traffic.from(tiers.publicSubnet).to(tiers.privateSubnet, Port.SSH).passes).toBe(true);
    expect(traffic.from(isolated).to(tiers.privateSubnet, Port.SSH).hops.join()).toMatch(
      /no route from subnet test\/Isolated/,
    );
    expect(traffic.from(tiers.network).to(INTERNET, Port.HTTPS).passes).toBe(true);
  });

  test("with a firewall group are unknown, because its rules are not evaluated", () => {
    const tiers = twoTiers();
    new FirewallGroup(tiers.stack, "Wall", { router: tiers.router, inbound: [], outbound: [] });
    expect(reachability(tiers.stack).from(INTERNET).to(tiers.publicSubnet, Port.SSH).toString()).toContain(
      "the rules of firewall group test/Wall, which are not evaluated",
    );
  });
});

describe("security groups", () => {
  test("allow outbound traffic by the default rules of Neutron, unless these are deleted", () => {
    const tiers = twoTiers();
    const [kept, emptied] = [undefined, true].map((deleteDefaultRules) => {
      const id = deleteDefaultRules === true ? "emptied" : "kept";
      const { id: groupId } = new NetworkingSecgroupV2(tiers.stack, id, {
        name: id,
        ...defined({ deleteDefaultRules }),
      });
      return port(tiers, `${id}-port`, { securityGroupIds: [groupId] });
    });
    if (kept === undefined || emptied === undefined) throw new Error("expected two ports");
    const traffic = reachability(tiers.stack);
    expect([kept, emptied].map((from) => traffic.from(from).to(INTERNET, Port.HTTPS).verdict)).toEqual([
      "passes",
      "blocked",
    ]);
  });

  test("match all ports without a port range, and all addresses without a peer; IPv6 rules are ignored", () => {
    const verdict = (props: { readonly ethertype: string; readonly protocol?: string }) => {
      const tiers = twoTiers();
      const { id: securityGroupId } = new NetworkingSecgroupV2(tiers.stack, "group", { name: "group" });
      new NetworkingSecgroupRuleV2(tiers.stack, "rule", { securityGroupId, direction: "ingress", ...props });
      const to = port(tiers, "port", { securityGroupIds: [securityGroupId] });
      return reachability(tiers.stack).from(tiers.publicSubnet).to(to, Port.SSH).verdict;
    };
    expect(verdict({ ethertype: "IPv4" })).toBe("passes");
    expect(verdict({ ethertype: "IPv4", protocol: "tcp" })).toBe("passes");
    expect(verdict({ ethertype: "IPv4", protocol: "udp" })).toBe("blocked");
    expect(verdict({ ethertype: "IPv4", protocol: "112" })).toBe("blocked");
    expect(verdict({ ethertype: "IPv6" })).toBe("blocked");
  });

  test("default to the group of the project, whose rules are unknown", () => {
    const tiers = twoTiers();
    const to = port(tiers, "port");
    expect(reachability(tiers.stack).from(tiers.publicSubnet).to(to, Port.SSH).toString()).toContain(
      "unknown: security group default has rules outside of this tree",
    );
  });

  test("block a port without groups, and do not apply without port security", () => {
    const tiers = twoTiers();
    const ports = [
      port(tiers, "closed", { noSecurityGroups: true }),
      port(tiers, "open", { portSecurityEnabled: false }),
    ];
    const traffic = reachability(tiers.stack).from(tiers.publicSubnet);
    expect(ports.map((to) => traffic.to(to, Port.SSH).verdict)).toEqual(["blocked", "passes"]);
  });

  test("represent the ports to which they are attached", () => {
    const tiers = twoTiers();
    const group = new SecurityGroup(tiers.stack, "Group", { description: "group" });
    port(tiers, "port", { securityGroupIds: [group.securityGroupId] });
    expect(reachability(tiers.stack).from(group).to(INTERNET, Port.HTTPS).question).toBe(
      "test/port to the internet, tcp 443",
    );
  });
});

describe("machines", () => {
  test("have existing ports, and ports that are created with them", () => {
    const tiers = twoTiers();
    const address = new FloatingIp(tiers.stack, "Address", { external: tiers.internet });
    const open = new SecurityGroup(tiers.stack, "Open", { description: "web" });
    open.connections.allowFrom(Peer.anyIpv4(), Port.HTTP, "web");
    const existing = new NetworkPort(tiers.stack, "Port", {
      subnet: tiers.publicSubnet,
      securityGroups: [open],
      floatingIp: address,
    });
    const created = machine(tiers.stack, { network: [{ uuid: tiers.network.networkId }, { port: existing.portId }] });
    expect(reachability(tiers.stack).from(INTERNET).to(created, Port.HTTP).passes).toBe(true);
  });

  test("are in the only subnet of their network, with the groups that they refer to by name", () => {
    const stack = openstackStack();
    const network = new Network(stack, "Network", { cidr: Cidr.parse("10.0.0.0/16") });
    const subnet = new Subnet(stack, "Subnet", { network, cidr: Cidr.parse("10.0.0.0/24") });
    const group = new NetworkingSecgroupV2(stack, "group", { name: "group", deleteDefaultRules: true });
    const created = machine(stack, { network: [{ uuid: network.networkId }], securityGroups: [group.name] });
    expect(reachability(stack).from(subnet).to(created, Port.SSH).hops.at(-1)?.toString()).toBe(
      "blocked at security group test/group: no inbound rule matches",
    );
  });

  test("in a network outside of the tree are unknown", () => {
    const created = machine(twoTiers().stack, { network: [{ name: "office" }] });
    expect(reachability(created.cdktfStack).from(INTERNET).to(created, Port.SSH).verdict).toBe("blocked");
    expect(reachability(created.cdktfStack).from(created).to(INTERNET, Port.SSH).toString()).toContain("unknown");
  });
});

describe("load balancers", () => {
  const targets = [{ name: "node", fixedAddress: "172.31.0.10" }];

  function balancer() {
    const { stack, internet, publicSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    return { stack, loadBalancer: new LoadBalancer(stack, "Web", { subnet: publicSubnet, floatingIp }) };
  }

  test("are reachable on the ports of their listeners", () => {
    const { stack, loadBalancer } = balancer();
    loadBalancer.addListener("https", { port: 443, targets });
    const traffic = reachability(stack).from(INTERNET);
    expect(traffic.to(loadBalancer, Port.HTTPS).toString()).toMatch(
      /allowed by .*test\/Web.* \(listeners\), rule "test\/Web\/https/,
    );
    expect(traffic.to(loadBalancer, Port.HTTP).verdict).toBe("blocked");
  });

  test("apply the allowed blocks, the protocol and the port of each listener", () => {
    const { stack, loadBalancer } = balancer();
    const listen = (id: string, protocol: string, protocolPort: number, allowedCidrs?: string[]) =>
      new LbListenerV2(stack, id, {
        loadbalancerId: loadBalancer.loadBalancerId,
        protocol,
        protocolPort,
        ...defined({ allowedCidrs }),
      });
    listen("Office", "HTTP", 80, ["203.0.113.0/24"]);
    listen("Names", "UDP", 53);
    const traffic = reachability(stack);
    expect(traffic.from(OFFICE).to(loadBalancer, Port.HTTP).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(loadBalancer, Port.HTTP).verdict).not.toBe("passes");
    expect(traffic.from(INTERNET).to(loadBalancer, Port.DNS_UDP).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(loadBalancer, Port.tcp(53)).verdict).toBe("blocked");
    listen("Later", "TCP", 0).addOverride("protocol_port", "${var.later}");
    expect(reachability(stack).from(INTERNET).to(loadBalancer, Port.tcp(53)).verdict).toBe("unknown");
  });

  test("apply their own security groups instead of the listeners", () => {
    const { stack, internet, publicSubnet } = twoTiers();
    const group = new SecurityGroup(stack, "Edge", { description: "edge" });
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    const loadBalancer = new LoadBalancer(stack, "Web", { subnet: publicSubnet, floatingIp, securityGroups: [group] });
    loadBalancer.addListener("https", { port: 443, targets });
    expect(reachability(stack).from(INTERNET).to(loadBalancer, Port.HTTPS).verdict).toBe("blocked");
  });
});
