import { emulator } from "../../support";
import { network, port, runningMachine } from "../../fixtures";

const cloud = emulator();
const plug = (id: string, interfaceAttachment: object) =>
  cloud.openstack.post("compute", `/servers/${id}/os-interface`, { interfaceAttachment });

describe("interfaces of machines", () => {
  test("are ports that are given to them, and given back", async () => {
    const topology = await network(cloud.openstack);
    const id = await runningMachine(cloud.openstack, [{ uuid: topology.network }]);
    const given = await port(cloud.openstack, topology.network);
    expect((await plug(id, { port_id: given.id })).body).toMatchObject({
      interfaceAttachment: { port_id: given.id, net_id: topology.network },
    });
    expect((await plug(id, { port_id: given.id })).status).toBe(409);
    expect((await cloud.openstack.get("compute", `/servers/${id}/os-interface/${given.id}`)).status).toBe(200);
    expect(await cloud.openstack.list("compute", `/servers/${id}/os-interface`)).toHaveLength(2);
    expect((await cloud.openstack.delete("compute", `/servers/${id}/os-interface/${given.id}`)).status).toBe(202);
    expect((await cloud.openstack.get("compute", `/servers/${id}/os-interface/${given.id}`)).status).toBe(404);
    expect(await cloud.openstack.show("network", `/v2.0/ports/${given.id}`)).toMatchObject({ device_id: "" });
  });

  test("are ports that are made for them, and go with them", async () => {
    const topology = await network(cloud.openstack);
    const id = await runningMachine(cloud.openstack, [{ uuid: topology.network }]);
    const { body } = await plug(id, { net_id: topology.network, fixed_ips: [{ ip_address: "10.0.0.50" }] });
    const { port_id } = (body as { interfaceAttachment: { port_id: string } }).interfaceAttachment;
    expect(await cloud.openstack.show("network", `/v2.0/ports/${port_id}`)).toMatchObject({
      fixed_ips: [{ ip_address: "10.0.0.50" }],
    });
    await cloud.openstack.delete("compute", `/servers/${id}/os-interface/${port_id}`);
    expect((await cloud.openstack.get("network", `/v2.0/ports/${port_id}`)).status).toBe(404);
  });
});
