import { emulator } from "../../support";
import { network, runningMachine } from "../../fixtures";

const cloud = emulator();

async function machineAndVolume() {
  const server = await runningMachine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
  const { id } = await cloud.openstack.create("volume", "/volumes", { volume: { size: 10 } });
  const path = `/servers/${server}/os-volume_attachments`;
  const attach = () => cloud.openstack.post("compute", path, { volumeAttachment: { volumeId: id } });
  return { server, volume: id, path, attach };
}

describe("volume attachments", () => {
  test("use the next device name, once the volume is available", async () => {
    const { server, volume, path, attach } = await machineAndVolume();
    expect((await attach()).status).toBe(400);
    await cloud.openstack.get("volume", `/volumes/${volume}`);
    expect((await attach()).body).toMatchObject({
      volumeAttachment: { volumeId: volume, serverId: server, device: "/dev/vdb" },
    });
    expect(await cloud.openstack.show("compute", `${path}/${volume}`)).toMatchObject({ id: volume });
    expect(await cloud.openstack.show("volume", `/volumes/${volume}`)).toMatchObject({
      status: "in-use",
      attachments: [{ server_id: server }],
    });
    expect((await attach()).status).toBe(400);
  });

  test("can be deleted, except that of the boot disk", async () => {
    const { volume, path, attach } = await machineAndVolume();
    await cloud.openstack.get("volume", `/volumes/${volume}`);
    await attach();
    const [root] = await cloud.openstack.list("compute", path);
    expect((await cloud.openstack.delete("compute", `${path}/${root?.id ?? ""}`)).status).toBe(400);
    expect((await cloud.openstack.delete("compute", `${path}/${volume}`)).status).toBe(202);
    expect((await cloud.openstack.get("compute", `${path}/${volume}`)).status).toBe(404);
    expect(await cloud.openstack.show("volume", `/volumes/${volume}`)).toMatchObject({
      status: "available",
      attachments: [],
    });
  });
});
