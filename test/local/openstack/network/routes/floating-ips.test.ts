import { emulator } from "../../support";
import { floatingIp, internet, network, port, publicSubnet, router } from "../../fixtures";

const cloud = emulator();

async function behindRouter() {
  const topology = await network(cloud.openstack);
  const routerId = await router(cloud.openstack, topology.subnet);
  return { ...topology, router: routerId, port: (await port(cloud.openstack, topology.network)).id };
}

describe("floating IPs", () => {
  test("are public addresses that belong to nobody", async () => {
    const [one, other] = [await floatingIp(cloud.openstack), await floatingIp(cloud.openstack)];
    expect([one, other]).toMatchObject([
      { floating_ip_address: "203.0.113.10", status: "DOWN" },
      { floating_ip_address: "203.0.113.11" },
    ]);
  });

  test("are of the internet only", async () => {
    const { network: floating_network_id } = await network(cloud.openstack);
    expect(
      (await cloud.openstack.post("network", "/v2.0/floatingips", { floatingip: { floating_network_id } })).status,
    ).toBe(400);
  });

  test("stand for a port, and for none again", async () => {
    const topology = await behindRouter();
    const path = `/v2.0/floatingips/${(await floatingIp(cloud.openstack)).id}`;
    expect((await cloud.openstack.put("network", path, { floatingip: { port_id: topology.port } })).body).toMatchObject({
      floatingip: { port_id: topology.port, fixed_ip_address: "10.0.0.2", router_id: topology.router, status: "ACTIVE" },
    });
    expect((await cloud.openstack.put("network", path, { floatingip: { port_id: null } })).body).toMatchObject({
      floatingip: { port_id: null, fixed_ip_address: null, status: "DOWN" },
    });
  });

  test("keep their port when only words are changed", async () => {
    const topology = await behindRouter();
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const { id } = await cloud.openstack.make("network", "/v2.0/floatingips", { floatingip });
    const { body } = await cloud.openstack.put("network", `/v2.0/floatingips/${id}`, {
      floatingip: { description: "words" },
    });
    expect(body).toMatchObject({ floatingip: { description: "words", port_id: topology.port } });
  });

  test("stand for nothing that no router leads to", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: port_id } = await port(cloud.openstack, id);
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id };
    expect(await cloud.openstack.post("network", "/v2.0/floatingips", { floatingip })).toMatchObject({
      status: 404,
      body: { NeutronError: { type: "ExternalGatewayForFloatingIPNotFound" } },
    });
    expect(await cloud.openstack.list("network", "/v2.0/floatingips")).toEqual([]);
  });

  test("stand for one address each, and an address has one", async () => {
    const topology = await behindRouter();
    const second = await port(cloud.openstack, topology.network);
    const [one, other] = [await floatingIp(cloud.openstack), await floatingIp(cloud.openstack)];
    const associate = async (id: string, port_id: string) =>
      (await cloud.openstack.put("network", `/v2.0/floatingips/${id}`, { floatingip: { port_id } })).status;
    expect(await associate(one.id, topology.port)).toBe(200);
    expect(await associate(one.id, second.id)).toBe(409);
    expect(await associate(other.id, topology.port)).toBe(409);
  });

  test("stand for an address that the port has", async () => {
    const topology = await behindRouter();
    const path = `/v2.0/floatingips/${(await floatingIp(cloud.openstack)).id}`;
    const floatingip = { port_id: topology.port, fixed_ip_address: "10.0.0.99" };
    expect((await cloud.openstack.put("network", path, { floatingip })).status).toBe(400);
    const right = { port_id: topology.port, fixed_ip_address: "10.0.0.2" };
    expect((await cloud.openstack.put("network", path, { floatingip: right })).status).toBe(200);
  });

  test("are let go with their port", async () => {
    const topology = await behindRouter();
    const floatingip = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const { id } = await cloud.openstack.make("network", "/v2.0/floatingips", { floatingip });
    await cloud.openstack.delete("network", `/v2.0/ports/${topology.port}`);
    expect(await cloud.openstack.show("network", `/v2.0/floatingips/${id}`)).toMatchObject({ port_id: null });
  });

  test("are given back while they stand for a port on the standard cloud, but not on NHN Cloud", async () => {
    const topology = await behindRouter();
    const requestBody = { floating_network_id: await internet(cloud.openstack), port_id: topology.port };
    const standard = await cloud.openstack.make("network", "/v2.0/floatingips", { floatingip: requestBody });
    expect((await cloud.openstack.delete("network", `/v2.0/floatingips/${standard.id}`)).status).toBe(204);
    const { vpc } = await publicSubnet(cloud.nhn);
    const floatingip = { floating_network_id: await internet(cloud.nhn), port_id: (await port(cloud.nhn, vpc)).id };
    const { id } = await cloud.nhn.make("network", "/v2.0/floatingips", { floatingip });
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

  test("are fifty at most", async () => {
    for (let n = 0; n < 50; n += 1) await floatingIp(cloud.openstack);
    await expect(floatingIp(cloud.openstack)).rejects.toThrow(/OverQuota/);
  });
});
