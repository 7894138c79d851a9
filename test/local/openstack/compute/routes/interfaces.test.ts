import { emulator } from "../../support";
import { network, port, runningMachine } from "../../fixtures";

const cloud = emulator();
const attach = (id: string, interfaceAttachment: object) =>
  cloud.openstack.post("compute", `/servers/${id}/os-interface`, { interfaceAttachment });

describe("network interfaces of machines", () => {
  test("attach an existing port and release it", async () => {
    const topology = await network(cloud.openstack);
    const id = await runningMachine(cloud.openstack, [{ uuid: topology.network }]);
    const existing = await port(cloud.openstack, topology.network);
    expect((await attach(id, { port_id: existing.id })).body).toMatchObject({
      interfaceAttachment: { port_id: existing.id, net_id: topology.network },
    });
    expect((await attach(id, { port_id: existing.id })).status).toBe(409);
    expect((await cloud.openstack.get("compute", `/servers/${id}/os-interface/${existing.id}`)).status).toBe(200);
    expect(await cloud.openstack.list("compute", `/servers/${id}/os-interface`)).toHaveLength(2);
    expect((await cloud.openstack.delete("compute", `/servers/${id}/os-interface/${existing.id}`)).status).toBe(202);
    expect((await cloud.openstack.get("compute", `/servers/${id}/os-interface/${existing.id}`)).status).toBe(404);
    expect(await cloud.openstack.show("network", `/v2.0/ports/${existing.id}`)).toMatchObject({ device_id: "" });
  });

  test("create a port for a network and delete it again", async () => {
    const topology = await network(cloud.openstack);
    const id = await runningMachine(cloud.openstack, [{ uuid: topology.network }]);
    const { body } = await attach(id, { net_id: topology.network, fixed_ips: [{ ip_address: "10.0.0.50" }] });
    const { port_id } = (body as { interfaceAttachment: { port_id: string } }).interfaceAttachment;
    expect(await cloud.openstack.show("network", `/v2.0/ports/${port_id}`)).toMatchObject({
      fixed_ips: [{ ip_address: "10.0.0.50" }],
    });
    await cloud.openstack.delete("compute", `/servers/${id}/os-interface/${port_id}`);
    expect((await cloud.openstack.get("network", `/v2.0/ports/${port_id}`)).status).toBe(404);
  });
});
