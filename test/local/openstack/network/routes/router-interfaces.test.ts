import { emulator } from "../../support";
import { internet, network, port, router } from "../../fixtures";

const cloud = emulator();
const performAction = (id: string, action: "add" | "remove", body: object) =>
  cloud.openstack.put("network", `/v2.0/routers/${id}/${action}_router_interface`, body);

describe("router interfaces", () => {
  test("use the gateway address of their subnet, on a port that cannot be deleted directly", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    const [attached] = await cloud.openstack.list("network", `/v2.0/ports?device_id=${id}`);
    expect(attached).toMatchObject({
      device_owner: "network:router_interface",
      status: "ACTIVE",
      fixed_ips: [{ subnet_id: subnet, ip_address: "10.0.0.1" }],
    });
    expect(await cloud.openstack.delete("network", `/v2.0/ports/${attached?.id ?? ""}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "ServicePortInUse" } },
    });
    expect((await cloud.openstack.delete("network", `/v2.0/subnets/${subnet}`)).status).toBe(409);
  });

  test("can use an existing port", async () => {
    const first = await network(cloud.openstack);
    const other = await network(cloud.openstack, "10.1.0.0/24");
    const id = await router(cloud.openstack, first.subnet);
    const { id: port_id } = await port(cloud.openstack, other.network);
    expect((await performAction(id, "add", { port_id })).body).toMatchObject({ id, port_id, subnet_id: other.subnet });
    expect((await performAction(id, "add", { port_id })).status).toBe(409);
  });

  test("reject a subnet that overlaps with another one of the router", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    expect((await performAction(id, "add", { subnet_id: subnet })).status).toBe(400);
    const same = await network(cloud.openstack);
    expect((await performAction(id, "add", { subnet_id: same.subnet })).status).toBe(400);
  });

  test("require a subnet with a gateway, or a port", async () => {
    const { network: network_id, subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    expect((await performAction(id, "add", {})).status).toBe(400);
    const { body } = await cloud.openstack.post("network", "/v2.0/subnets", {
      subnet: { network_id, cidr: "10.1.0.0/24", ip_version: 4, gateway_ip: null },
    });
    const { id: subnet_id } = (body as { subnet: { id: string } }).subnet;
    expect(JSON.stringify((await performAction(id, "add", { subnet_id })).body)).toMatch(/must have a gateway IP/);
  });

  test("can be removed once", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    expect((await performAction(id, "remove", { subnet_id: subnet })).status).toBe(200);
    expect((await performAction(id, "remove", { subnet_id: subnet })).status).toBe(404);
  });

  test("cannot be removed while a floating IP or a route requires them", async () => {
    const { network: network_id, subnet: subnet_id } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet_id);
    const { id: port_id } = await port(cloud.openstack, network_id);
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id };
    const floating = await cloud.openstack.create("network", "/v2.0/floatingips", { floatingip });
    expect((await performAction(id, "remove", { subnet_id })).body).toMatchObject({
      NeutronError: { type: "RouterInterfaceInUseByFloatingIP" },
    });
    await cloud.openstack.delete("network", `/v2.0/floatingips/${floating.id}`);
    await cloud.openstack.put("network", `/v2.0/routers/${id}`, {
      router: { routes: [{ destination: "10.9.0.0/16", nexthop: "10.0.0.9" }] },
    });
    expect((await performAction(id, "remove", { subnet_id })).body).toMatchObject({
      NeutronError: { type: "RouterInterfaceInUseByRoute" },
    });
  });
});
