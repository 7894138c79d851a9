import { emulator } from "../../support";
import { machine, network, runningMachine } from "../../fixtures";

const cloud = emulator();
const performAction = async (id: string, body: object) =>
  (await cloud.openstack.post("compute", `/servers/${id}/action`, body)).status;
const show = (id: string) => cloud.openstack.show("compute", `/servers/${id}`);
const running = async () => runningMachine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);

describe("actions on machines", () => {
  test("are rejected while the machine is being built", async () => {
    const body = await machine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
    const { id } = await cloud.openstack.create("compute", "/servers", body);
    expect(await performAction(id, { "os-stop": null })).toBe(409);
  });

  test("stop, start and reboot a machine", async () => {
    const id = await running();
    await performAction(id, { "os-stop": null });
    expect(await show(id)).toMatchObject({ status: "SHUTOFF", "OS-EXT-STS:power_state": 4 });
    await performAction(id, { "os-start": null });
    expect(await show(id)).toMatchObject({ status: "ACTIVE" });
    expect([
      await performAction(id, { reboot: { type: "SOFT" } }),
      await performAction(id, { reboot: { type: "GENTLE" } }),
    ]).toEqual([202, 400]);
  });

  test("add all ports of a machine to a security group and remove them", async () => {
    const id = await running();
    await cloud.openstack.create("network", "/v2.0/security-groups", { security_group: { name: "nodes" } });
    expect(await performAction(id, { addSecurityGroup: { name: "nodes" } })).toBe(202);
    expect(await show(id)).toMatchObject({ security_groups: [{ name: "default" }, { name: "nodes" }] });
    await performAction(id, { removeSecurityGroup: { name: "default" } });
    expect(await show(id)).toMatchObject({ security_groups: [{ name: "nodes" }] });
    expect(await performAction(id, { addSecurityGroup: { name: "none" } })).toBe(404);
  });

  test("reject an unknown action", async () => {
    expect(await performAction(await running(), { explode: null })).toBe(400);
  });

  test("set and delete metadata", async () => {
    const id = await running();
    await cloud.openstack.post("compute", `/servers/${id}/metadata`, { metadata: { role: "worker", zone: "a" } });
    await cloud.openstack.put("compute", `/servers/${id}/metadata/role`, { meta: { role: "nfs" } });
    expect((await cloud.openstack.get("compute", `/servers/${id}/metadata`)).body).toEqual({
      metadata: { role: "nfs", zone: "a" },
    });
    const remove = async () => (await cloud.openstack.delete("compute", `/servers/${id}/metadata/zone`)).status;
    expect([await remove(), await remove()]).toEqual([204, 404]);
  });

  test("set tags on standard OpenStack only", async () => {
    const id = await running();
    await cloud.openstack.put("compute", `/servers/${id}/tags`, { tags: ["lab"] });
    expect((await cloud.openstack.get("compute", `/servers/${id}/tags`)).body).toEqual({ tags: ["lab"] });
    expect((await cloud.nhn.get("compute", `/servers/${id}/tags`)).status).toBe(404);
  });
});
