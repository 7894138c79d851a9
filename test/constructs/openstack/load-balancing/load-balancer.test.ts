import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { LbLoadbalancerV2 } from "@groundwork/provider-openstack/lib/lb-loadbalancer-v2";
import { LbMemberV2 } from "@groundwork/provider-openstack/lib/lb-member-v2";
import { LbMembersV2 } from "@groundwork/provider-openstack/lib/lb-members-v2";
import { LbMonitorV2 } from "@groundwork/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@groundwork/provider-openstack/lib/lb-pool-v2";
import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { Duration } from "@groundwork/constructs/core/duration";
import { type Cloud, OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { HealthCheck } from "@groundwork/constructs/openstack/load-balancing/health-check";
import { LoadBalancer, type LoadBalancerProps } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST002, OST004, OST016, OST018, OST022 } from "@groundwork/constructs/openstack/rules";
import type { TerraformStack } from "cdktf";
import { resource, resources, synthesized } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { NARROW, twoTiers } from "../../../support/openstack";

const targets = [
  { name: "control-plane-1", fixedAddress: "172.31.16.10" },
  { name: "control-plane-2", fixedAddress: "172.31.16.11" },
];

/** A cloud with Neutron's older API instead of Octavia. */
const OLDER: Cloud = { ...OPENSTACK, name: "Older Cloud", loadBalancerApi: "neutron-lbaas" };

function balancer(props: Partial<LoadBalancerProps> = {}, cloud = OPENSTACK) {
  const tiers = twoTiers(cloud);
  return { ...tiers, balancer: new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, ...props }) };
}

/** Types of a load balancer's parts in the order of creation. Fails if two parts could be created at the same time. */
function chain(stack: TerraformStack): readonly string[] {
  const graph = graphOf(stack);
  const parts = graph.addresses.filter((address) => address.startsWith("openstack_lb_"));
  const before = (address: string) => parts.filter((part) => graph.needsOf(address).has(part)).length;
  const ordered = [...parts].sort((a, b) => before(a) - before(b));
  expect(ordered.map(before)).toEqual(ordered.map((_, index) => index));
  return ordered.map((address) => address.replace(/^openstack_(\w+)\..*/, "$1"));
}

describe("LoadBalancer", () => {
  test("has an address in its subnet and the given security groups", () => {
    const tiers = twoTiers();
    const group = new SecurityGroup(tiers.stack, "Edge", { description: "edge" });
    const fixedAddress = "172.31.16.5";
    new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, fixedAddress, securityGroups: [group] });
    expect(resource(tiers.stack, LbLoadbalancerV2)).toMatchObject({ name: "test-api", vip_address: fixedAddress });
    expect(resource(tiers.stack, LbLoadbalancerV2)["security_group_ids"]).toHaveLength(1);
  });

  test("balances connections over healthy machines", () => {
    const { stack, balancer: loadBalancer } = balancer();
    loadBalancer.addListener("kubernetes", { port: 6443, targets });
    expect(resource(stack, LbListenerV2)).toMatchObject({ protocol: "TCP", protocol_port: 6443 });
    expect(resource(stack, LbPoolV2)).toMatchObject({ protocol: "TCP", lb_method: "ROUND_ROBIN" });
    expect(resource(stack, LbMembersV2)["member"]).toMatchObject([
      { name: "control-plane-1", address: "172.31.16.10", protocol_port: 6443 },
      { name: "control-plane-2", address: "172.31.16.11", protocol_port: 6443 },
    ]);
    expect(resource(stack, LbMonitorV2)).toMatchObject({ type: "TCP", delay: 10, timeout: 5, max_retries: 3 });
  });

  test("reaches machines through its own subnet, or through an interface in their subnet", () => {
    const { stack, balancer: loadBalancer, privateSubnet } = balancer();
    loadBalancer.addListener("kubernetes", { port: 6443, targets });
    loadBalancer.addListener("web", { port: 80, targets, targetSubnet: privateSubnet });
    const subnets = resources(stack, LbMembersV2).map((block) => JSON.stringify(block["member"]));
    expect(subnets).toEqual([
      expect.stringMatching(/subnet_v2\.Public_/),
      expect.stringMatching(/subnet_v2\.Private_/),
    ]);
  });

  test("adds the client's address with HTTP, and checks a path", () => {
    const { stack, balancer: loadBalancer } = balancer();
    const healthCheck = HealthCheck.http("/healthz");
    loadBalancer.addListener("web", { port: 80, targetPort: 30080, protocol: "HTTP", targets, healthCheck });
    expect(resource(stack, LbListenerV2)["insert_headers"]).toEqual({ "X-Forwarded-For": "true" });
    expect(JSON.stringify(resource(stack, LbMembersV2)["member"])).toContain('"protocol_port":30080');
    expect(resource(stack, LbMonitorV2)).toMatchObject({ type: "HTTP", url_path: "/healthz", expected_codes: "200" });
  });

  test("changes one part at a time, with all members in one part", () => {
    const { stack, balancer: loadBalancer } = balancer();
    loadBalancer.addListener("kubernetes", { port: 6443, targets });
    loadBalancer.addListener("web", { port: 80, targets });
    expect(chain(stack)).toEqual([
      ...["lb_loadbalancer_v2", "lb_listener_v2", "lb_pool_v2", "lb_members_v2", "lb_monitor_v2"],
      ...["lb_listener_v2", "lb_pool_v2", "lb_members_v2", "lb_monitor_v2"],
    ]);
  });

  test("changes one part and one member at a time without Octavia", () => {
    const { stack, balancer: loadBalancer, privateSubnet } = balancer({}, OLDER);
    loadBalancer.addListener("http", { port: 80, targetPort: 31_080, targets, targetSubnet: privateSubnet });
    loadBalancer.addListener("https", { port: 443, targets });
    expect(chain(stack)).toEqual([
      ...["lb_loadbalancer_v2", "lb_listener_v2", "lb_pool_v2", "lb_member_v2", "lb_member_v2", "lb_monitor_v2"],
      ...["lb_listener_v2", "lb_pool_v2", "lb_member_v2", "lb_member_v2", "lb_monitor_v2"],
    ]);
    const [member] = Object.values(synthesized(stack)["resource"]?.[LbMemberV2.tfResourceType] ?? {});
    expect(member).toMatchObject({ address: "172.31.16.10", protocol_port: 31_080 });
    expect(member?.["subnet_id"]).toMatch(/subnet_v2\.Private_/);
    expect(member).not.toHaveProperty("name");
    expect(resources(stack, LbMembersV2)).toEqual([]);
  });

  test("identifies members by name without Octavia, so that changes do not affect other members", () => {
    const namesOf = (machines: typeof targets) => {
      const { stack, balancer: loadBalancer } = balancer({}, OLDER);
      loadBalancer.addListener("kubernetes", { port: 6443, targets: machines });
      return resources(stack, LbMemberV2).map(({ address }) => address);
    };
    const [first, ...others] = namesOf(targets);
    expect(namesOf(targets.slice(1))).toEqual(others);
    expect(first).toContain("control-plane-1");
  });

  test("can have a floating IP", () => {
    const tiers = twoTiers();
    const floatingIp = new FloatingIp(tiers.stack, "Address", { external: tiers.internet });
    const loadBalancer = new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, floatingIp });
    expect(resource(tiers.stack, NetworkingFloatingipAssociateV2)["port_id"]).toContain("vip_port_id");
    expect(loadBalancer.floatingAddress).toContain("TfToken");
  });

  test("rejects a floating IP in a private subnet, and a reserved address", () => {
    const { stack, internet, privateSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    expect(() => new LoadBalancer(stack, "Api", { subnet: privateSubnet, floatingIp })).toViolate(OST004);
    expect(() => balancer({ fixedAddress: "172.31.16.1" })).toViolate(OST002);
  });

  test("rejects a second listener on a port, and a listener without targets", () => {
    const { stack, balancer: loadBalancer } = balancer();
    loadBalancer.addListener("kubernetes", { port: 6443, targets });
    expect(() => loadBalancer.addListener("again", { port: 6443, targets })).toViolate(
      OST018,
      /"again" and "kubernetes"/,
    );
    expect(() => loadBalancer.addListener("web", { port: 80, targets: [] })).toViolate(OST018, /without targets/);
    expect(resources(stack, LbListenerV2)).toHaveLength(1);
  });

  test("rejects a cloud without a load balancer API that Terraform supports", () => {
    const { stack, publicSubnet } = twoTiers(NARROW);
    expect(() => new LoadBalancer(stack, "Api", { subnet: publicSubnet })).toViolate(
      OST016,
      /load balancers on Narrow/,
    );
  });

  test("rejects options that the API before Octavia does not support", () => {
    const tiers = twoTiers(OLDER);
    const group = new SecurityGroup(tiers.stack, "Edge", { description: "edge" });
    const { publicSubnet: subnet } = tiers;
    expect(() => new LoadBalancer(tiers.stack, "Guarded", { subnet, securityGroups: [group] })).toViolate(
      OST016,
      /security groups of a load balancer on Older Cloud/,
    );
    const loadBalancer = new LoadBalancer(tiers.stack, "Api", { subnet });
    expect(() => loadBalancer.addListener("web", { port: 80, protocol: "HTTP", targets })).toViolate(
      OST016,
      /"web" with protocol HTTP, which adds the client's address in a header, on Older Cloud/,
    );
    expect(resources(tiers.stack, LbListenerV2)).toEqual([]);
  });

  test("rejects a health check whose timeout is not shorter than its interval", () => {
    const { balancer: loadBalancer } = balancer();
    const healthCheck = HealthCheck.tcp({ interval: Duration.seconds(5) });
    expect(() => loadBalancer.addListener("kubernetes", { port: 6443, targets, healthCheck })).toViolate(
      OST022,
      /"kubernetes" with an interval of 5 seconds and a timeout of 5/,
    );
  });
});
