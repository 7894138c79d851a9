import { emulator } from "../../support";
import { internet, network, port, router } from "../../fixtures";

const cloud = emulator();

describe("routers", () => {
  test("get a public address; only the external network can be their gateway", async () => {
    const { network: id, subnet } = await network(cloud.openstack);
    const shown = await cloud.openstack.show("network", `/v2.0/routers/${await router(cloud.openstack, subnet)}`);
    expect(shown).toMatchObject({
      status: "ACTIVE",
      external_gateway_info: {
        network_id: await internet(cloud.openstack),
        enable_snat: true,
        external_fixed_ips: [{ ip_address: "203.0.113.10" }],
      },
    });
    const wrong = { external_gateway_info: { network_id: id } };
    expect((await cloud.openstack.post("network", "/v2.0/routers", { router: wrong })).status).toBe(400);
  });

  test("keep their public address when they are updated, and can release it", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    const change = (given: object) => cloud.openstack.put("network", `/v2.0/routers/${id}`, { router: given });
    const external_gateway_info = { network_id: await internet(cloud.openstack) };
    expect((await change({ external_gateway_info })).body).toMatchObject({
      router: { external_gateway_info: { enable_snat: true, external_fixed_ips: [{ ip_address: "203.0.113.10" }] } },
    });
    expect((await change({ external_gateway_info: null })).body).toMatchObject({
      router: { external_gateway_info: null },
    });
  });

  test("have fields that only the operator can set", async () => {
    const network_id = await internet(cloud.openstack);
    const fields = [{ distributed: false }, { external_gateway_info: { network_id, enable_snat: false } }];
    for (const given of fields)
      expect((await cloud.openstack.post("network", "/v2.0/routers", { router: given })).status).toBe(403);
  });

  test("keep their gateway while a floating IP requires it", async () => {
    const { network: id, subnet } = await network(cloud.openstack);
    const routerId = await router(cloud.openstack, subnet);
    const { id: port_id } = await port(cloud.openstack, id);
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id };
    await cloud.openstack.create("network", "/v2.0/floatingips", { floatingip });
    const { status } = await cloud.openstack.put("network", `/v2.0/routers/${routerId}`, {
      router: { external_gateway_info: null },
    });
    expect(status).toBe(409);
  });

  test("accept routes with a next hop in their subnets only", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    const route = async (nexthop: string) => {
      const routes = [{ destination: "10.99.0.0/16", nexthop }];
      return (await cloud.openstack.put("network", `/v2.0/routers/${id}`, { router: { routes } })).status;
    };
    expect([await route("10.0.0.10"), await route("10.1.0.10")]).toEqual([200, 400]);
    expect((await cloud.openstack.show("network", `/v2.0/routers/${id}`))["routes"]).toHaveLength(1);
  });

  test("cannot be deleted while they have an interface", async () => {
    const { subnet } = await network(cloud.openstack);
    const id = await router(cloud.openstack, subnet);
    expect(await cloud.openstack.delete("network", `/v2.0/routers/${id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "RouterInUse" } },
    });
    await cloud.openstack.put("network", `/v2.0/routers/${id}/remove_router_interface`, { subnet_id: subnet });
    expect((await cloud.openstack.delete("network", `/v2.0/routers/${id}`)).status).toBe(204);
  });
});
