import { LbListenerV2 } from "@cdktf/provider-openstack/lib/lb-listener-v2";
import { LbLoadbalancerV2 } from "@cdktf/provider-openstack/lib/lb-loadbalancer-v2";
import { LbMembersV2 } from "@cdktf/provider-openstack/lib/lb-members-v2";
import { LbMonitorV2 } from "@cdktf/provider-openstack/lib/lb-monitor-v2";
import { LbPoolV2 } from "@cdktf/provider-openstack/lib/lb-pool-v2";
import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { HealthCheck } from "@groundwork/constructs/openstack/network/health-check";
import type { LoadBalancerProps } from "@groundwork/constructs/openstack/network/load-balancer";
import { LoadBalancer } from "@groundwork/constructs/openstack/network/load-balancer";
import { SecurityGroup } from "@groundwork/constructs/openstack/network/security-group";
import { OST002, OST004, OST016, OST018 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { NARROW, twoTiers } from "../../../support/openstack";

const targets = [
  { name: "control-plane-1", fixedAddress: "172.31.16.10" },
  { name: "control-plane-2", fixedAddress: "172.31.16.11" },
];

function balancer(props: Partial<LoadBalancerProps> = {}) {
  const tiers = twoTiers();
  const made = new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, ...props });
  return { ...tiers, balancer: made };
}

describe("LoadBalancer", () => {
  test("has an address in its subnet, and may be reached as its groups say", () => {
    const tiers = twoTiers();
    const group = new SecurityGroup(tiers.stack, "Edge", { description: "edge" });
    const fixedAddress = "172.31.16.5";
    new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, fixedAddress, securityGroups: [group] });
    expect(resource(tiers.stack, LbLoadbalancerV2)).toMatchObject({ name: "test-api", vip_address: fixedAddress });
    expect(resource(tiers.stack, LbLoadbalancerV2)["security_group_ids"]).toHaveLength(1);
  });

  test("spreads connections over machines that work", () => {
    const { stack, balancer: made } = balancer();
    made.addListener("kubernetes", { port: 6443, targets });
    expect(resource(stack, LbListenerV2)).toMatchObject({ protocol: "TCP", protocol_port: 6443 });
    expect(resource(stack, LbPoolV2)).toMatchObject({ protocol: "TCP", lb_method: "ROUND_ROBIN" });
    expect(resource(stack, LbMembersV2)["member"]).toMatchObject([
      { name: "control-plane-1", address: "172.31.16.10", protocol_port: 6443 },
      { name: "control-plane-2", address: "172.31.16.11", protocol_port: 6443 },
    ]);
    expect(resource(stack, LbMonitorV2)).toMatchObject({ type: "TCP", delay: 10, timeout: 5, max_retries: 3 });
  });

  test("reaches machines by its own subnet, or with a foot in theirs", () => {
    const { stack, balancer: made, privateSubnet } = balancer();
    made.addListener("kubernetes", { port: 6443, targets });
    made.addListener("web", { port: 80, targets, targetSubnet: privateSubnet });
    const subnets = resources(stack, LbMembersV2).map((block) => JSON.stringify(block["member"]));
    expect(subnets).toEqual([
      expect.stringMatching(/subnet_v2\.Public_/),
      expect.stringMatching(/subnet_v2\.Private_/),
    ]);
  });

  test("tells the client's address by HTTP, and asks a path", () => {
    const { stack, balancer: made } = balancer();
    const healthCheck = HealthCheck.http("/healthz");
    made.addListener("web", { port: 80, targetPort: 30080, protocol: "HTTP", targets, healthCheck });
    expect(resource(stack, LbListenerV2)["insert_headers"]).toEqual({ "X-Forwarded-For": "true" });
    expect(JSON.stringify(resource(stack, LbMembersV2)["member"])).toContain('"protocol_port":30080');
    expect(resource(stack, LbMonitorV2)).toMatchObject({ type: "HTTP", url_path: "/healthz", expected_codes: "200" });
  });

  test("changes one part at a time, as Octavia does", () => {
    const { stack, balancer: made } = balancer();
    made.addListener("kubernetes", { port: 6443, targets });
    const graph = graphOf(stack);
    expect(graph.needs("openstack_lb_monitor_v2", "openstack_lb_members_v2")).toBe(true);
    expect(graph.needs("openstack_lb_members_v2", "openstack_lb_pool_v2")).toBe(true);
    expect(graph.needs("openstack_lb_pool_v2", "openstack_lb_listener_v2")).toBe(true);
  });

  test("is reached by a floating IP", () => {
    const tiers = twoTiers();
    const floatingIp = new FloatingIp(tiers.stack, "Address", { external: tiers.internet });
    const made = new LoadBalancer(tiers.stack, "Api", { subnet: tiers.publicSubnet, floatingIp });
    expect(resource(tiers.stack, NetworkingFloatingipAssociateV2)["port_id"]).toContain("vip_port_id");
    expect(made.floatingAddress).toContain("TfToken");
  });

  test("rejects a floating IP in a private subnet, and an address it cannot have", () => {
    const { stack, internet, privateSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    expect(() => new LoadBalancer(stack, "Api", { subnet: privateSubnet, floatingIp })).toViolate(OST004);
    expect(() => balancer({ fixedAddress: "172.31.16.1" })).toViolate(OST002);
  });

  test("rejects a second listener on a port, and one without machines", () => {
    const { stack, balancer: made } = balancer();
    made.addListener("kubernetes", { port: 6443, targets });
    expect(() => made.addListener("again", { port: 6443, targets })).toViolate(OST018, /"again" and "kubernetes"/);
    expect(() => made.addListener("web", { port: 80, targets: [] })).toViolate(OST018, /without targets/);
    expect(resources(stack, LbListenerV2)).toHaveLength(1);
  });

  test("rejects a cloud without one that Terraform knows", () => {
    const { stack, publicSubnet } = twoTiers(NARROW);
    expect(() => new LoadBalancer(stack, "Api", { subnet: publicSubnet })).toViolate(
      OST016,
      /load balancers on Narrow/,
    );
  });
});
