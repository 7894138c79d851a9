import { emulator } from "../../support";
import { floatingIp, internet, network, port, publicSubnet, router } from "../../fixtures";

const cloud = emulator();

async function behindRouter() {
  const topology = await network(cloud.openstack);
  const routerId = await router(cloud.openstack, topology.subnet);
  return { ...topology, router: routerId, port: (await port(cloud.openstack, topology.network)).id };
}

describe("floating IPs", () => {
  test("get unused public addresses", async () => {
    const [first, other] = [await floatingIp(cloud.openstack), await floatingIp(cloud.openstack)];
    expect([first, other]).toMatchObject([
      { floating_ip_address: "203.0.113.10", status: "DOWN" },
      { floating_ip_address: "203.0.113.11" },
    ]);
  });

  test("require the external network", async () => {
    const { network: floating_network_id } = await network(cloud.openstack);
    expect(
      (await cloud.openstack.post("network", "/v2.0/floatingips", { floatingip: { floating_network_id } })).status,
    ).toBe(400);
  });

  test("can be associated with a port and disassociated", async () => {
    const topology = await behindRouter();
    const path = `/v2.0/floatingips/${(await floatingIp(cloud.openstack)).id}`;
    expect((await cloud.openstack.put("network", path, { floatingip: { port_id: topology.port } })).body).toMatchObject(
      {
        floatingip: {
          port_id: topology.port,
          fixed_ip_address: "10.0.0.2",
          router_id: topology.router,
          status: "ACTIVE",
        },
      },
    );
    expect((await cloud.openstack.put("network", path, { floatingip: { port_id: null } })).body).toMatchObject({
      floatingip: { port_id: null, fixed_ip_address: null, status: "DOWN" },
    });
  });

  test("keep their port when other fields are updated", async () => {
    const topology = await behindRouter();
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const { id } = await cloud.openstack.create("network", "/v2.0/floatingips", { floatingip });
    const { body } = await cloud.openstack.put("network", `/v2.0/floatingips/${id}`, {
      floatingip: { description: "text" },
    });
    expect(body).toMatchObject({ floatingip: { description: "text", port_id: topology.port } });
  });

  test("cannot be associated with a port that no router connects to the internet", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: port_id } = await port(cloud.openstack, id);
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id };
    expect(await cloud.openstack.post("network", "/v2.0/floatingips", { floatingip })).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "ExternalGatewayForFloatingIPNotFound" } },
    });
    expect(await cloud.openstack.list("network", "/v2.0/floatingips")).toEqual([]);
  });

  test("are associated with one address each, and an address has one", async () => {
    const topology = await behindRouter();
    const second = await port(cloud.openstack, topology.network);
    const [first, other] = [await floatingIp(cloud.openstack), await floatingIp(cloud.openstack)];
    const associate = async (id: string, port_id: string) =>
      (await cloud.openstack.put("network", `/v2.0/floatingips/${id}`, { floatingip: { port_id } })).status;
    expect(await associate(first.id, topology.port)).toBe(200);
    expect(await associate(other.id, topology.port)).toBe(409);
    expect(await associate(first.id, second.id)).toBe(200);
    expect(await associate(other.id, topology.port)).toBe(200);
  });

  test("have an address that only the operator can choose", async () => {
    const floatingip = { floating_network_id: await internet(cloud.openstack), floating_ip_address: "203.0.113.77" };
    expect(await cloud.openstack.post("network", "/v2.0/floatingips", { floatingip })).toMatchObject({
      status: 403,
      body: { NeutronError: { type: "PolicyNotAuthorized" } },
    });
  });

  test("are associated only with an address of the port", async () => {
    const topology = await behindRouter();
    const path = `/v2.0/floatingips/${(await floatingIp(cloud.openstack)).id}`;
    const floatingip = { port_id: topology.port, fixed_ip_address: "10.0.0.99" };
    expect((await cloud.openstack.put("network", path, { floatingip })).status).toBe(400);
    const right = { port_id: topology.port, fixed_ip_address: "10.0.0.2" };
    expect((await cloud.openstack.put("network", path, { floatingip: right })).status).toBe(200);
  });

  test("are disassociated when their port is deleted", async () => {
    const topology = await behindRouter();
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const { id } = await cloud.openstack.create("network", "/v2.0/floatingips", { floatingip });
    await cloud.openstack.delete("network", `/v2.0/ports/${topology.port}`);
    expect(await cloud.openstack.show("network", `/v2.0/floatingips/${id}`)).toMatchObject({ port_id: null });
  });

  test("can be deleted while associated on standard OpenStack, but not on NHN Cloud", async () => {
    const topology = await behindRouter();
    const requestBody = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const standard = await cloud.openstack.create("network", "/v2.0/floatingips", { floatingip: requestBody });
    expect((await cloud.openstack.delete("network", `/v2.0/floatingips/${standard.id}`)).status).toBe(204);
    const { vpc } = await publicSubnet(cloud.nhn);
    const floatingip = { floating_network_id: await internet(cloud.nhn), port_id: (await port(cloud.nhn, vpc)).id };
    const { id } = await cloud.nhn.create("network", "/v2.0/floatingips", { floatingip });
    expect((await cloud.nhn.delete("network", `/v2.0/floatingips/${id}`)).status).toBe(409);
  });

  test("can be protected and labelled on NHN Cloud only", async () => {
    const { id } = await floatingIp(cloud.nhn);
    const change = (floatingip: object) => cloud.nhn.put("network", `/v2.0/floatingips/${id}`, { floatingip });
    expect((await change({ delete_protection: true, label: "lab" })).body).toMatchObject({
      floatingip: { label: "lab" },
    });
    expect((await cloud.nhn.delete("network", `/v2.0/floatingips/${id}`)).status).toBe(409);
    await change({ delete_protection: false });
    expect((await cloud.nhn.delete("network", `/v2.0/floatingips/${id}`)).status).toBe(204);
    const standard = await floatingIp(cloud.openstack);
    expect(
      (await cloud.openstack.put("network", `/v2.0/floatingips/${standard.id}`, { floatingip: { label: "lab" } }))
        .status,
    ).toBe(400);
  });

  test("are limited to fifty", async () => {
    for (let n = 0; n < 50; n += 1) await floatingIp(cloud.openstack);
    await expect(floatingIp(cloud.openstack)).rejects.toThrow(/OverQuota/);
  });
});
