import { emulator } from "../../support";
import { internet, network, port } from "../../fixtures";

const cloud = emulator();

describe("networks", () => {
  test("are created, renamed and shown with their subnets", async () => {
    const { network: id, subnet } = await network(cloud.openstack);
    await cloud.openstack.put("network", `/v2.0/networks/${id}`, { network: { name: "b", description: "text" } });
    expect(await cloud.openstack.show("network", `/v2.0/networks/${id}`)).toMatchObject({
      name: "b",
      description: "text",
      status: "ACTIVE",
      subnets: [subnet],
    });
  });

  test("can be shared and external by an administrator only", async () => {
    for (const network of [{ shared: true }, { "router:external": true }])
      expect((await cloud.openstack.post("network", "/v2.0/networks", { network })).status).toBe(403);
    const plain = { shared: false, "router:external": false };
    expect((await cloud.openstack.post("network", "/v2.0/networks", { network: plain })).status).toBe(201);
  });

  test("have an MTU up to that of the physical network", async () => {
    const post = async (network: object) =>
      (await cloud.openstack.post("network", "/v2.0/networks", { network })).status;
    expect([await post({ mtu: 1_450 }), await post({ mtu: 1_451 })]).toEqual([201, 400]);
  });

  test("include the external network, which cannot be changed", async () => {
    const id = await internet(cloud.openstack);
    expect((await cloud.openstack.delete("network", `/v2.0/networks/${id}`)).status).toBe(403);
    expect((await cloud.openstack.post("network", "/v2.0/ports", { port: { network_id: id } })).status).toBe(403);
    const subnet = { network_id: id, cidr: "10.0.0.0/24", ip_version: 4 };
    expect((await cloud.openstack.post("network", "/v2.0/subnets", { subnet })).status).toBe(403);
  });

  test("cannot be deleted while they have ports, and are deleted with their subnets", async () => {
    const { network: id } = await network(cloud.openstack);
    const { id: portId } = await port(cloud.openstack, id);
    expect(await cloud.openstack.delete("network", `/v2.0/networks/${id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: "NetworkInUse" } },
    });
    await cloud.openstack.delete("network", `/v2.0/ports/${portId}`);
    expect((await cloud.openstack.delete("network", `/v2.0/networks/${id}`)).status).toBe(204);
    expect(await cloud.openstack.list("network", `/v2.0/subnets?network_id=${id}`)).toEqual([]);
  });
});
