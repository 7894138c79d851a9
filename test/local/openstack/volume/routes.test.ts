import { emulator } from "../support";
import { network, runningMachine } from "../fixtures";

const cloud = emulator();
const create = (more = {}) => cloud.openstack.create("volume", "/volumes", { volume: { size: 10, ...more } });
const status = async (id: string) => (await cloud.openstack.show("volume", `/volumes/${id}`))["status"];

describe("volumes", () => {
  test("are available after a poll", async () => {
    const { id, status: first } = await create();
    expect([first, await status(id), await status(id)]).toEqual(["creating", "creating", "available"]);
  });

  test("are deleted after a poll", async () => {
    const { id } = await create();
    await status(id);
    expect((await cloud.openstack.delete("volume", `/volumes/${id}`)).status).toBe(202);
    expect(await status(id)).toBe("deleting");
    expect(await cloud.openstack.get("volume", `/volumes/${id}`)).toMatchObject({
      status: 404,
      body: { itemNotFound: { code: 404 } },
    });
  });

  test("cannot be deleted while they are being created or attached", async () => {
    const { id } = await create();
    expect((await cloud.openstack.delete("volume", `/volumes/${id}`)).status).toBe(400);
    await status(id);
    const server = await runningMachine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
    await cloud.openstack.create("compute", `/servers/${server}/os-volume_attachments`, {
      volumeAttachment: { volumeId: id },
    });
    const { status: failed, body } = await cloud.openstack.delete("volume", `/volumes/${id}`);
    expect([failed, JSON.stringify(body)]).toEqual([400, expect.stringMatching(/detach it first/)]);
  });

  test("have a type of the cloud", async () => {
    expect((await cloud.openstack.list("volume", "/types")).map(({ name }) => name)).toEqual(["standard", "ssd"]);
    expect((await cloud.nhn.list("volume", "/types")).map(({ name }) => name)).toEqual(["General HDD", "General SSD"]);
    expect(
      (await cloud.openstack.post("volume", "/volumes", { volume: { size: 10, volume_type: "tape" } })).status,
    ).toBe(404);
    expect((await cloud.nhn.post("volume", "/volumes", { volume: { size: 10, volume_type: "tape" } })).status).toBe(
      400,
    );
  });

  test.each([
    ["an unknown zone", { availability_zone: "elsewhere" }, 400],
    ["an unknown image", { imageRef: "none" }, 400],
    ["a size above the quota", { size: 1_001 }, 413],
  ])("are rejected with %s", async (_, changes, status) => {
    const volume = { size: 30, ...changes };
    expect((await cloud.openstack.post("volume", "/volumes", { volume })).status).toBe(status);
  });

  test("are limited to ten, and grow up to the quota", async () => {
    const create = () => cloud.openstack.post("volume", "/volumes", { volume: { size: 10 } });
    const { body } = await create();
    const { id } = (body as { volume: { id: string } }).volume;
    for (let n = 1; n < 10; n += 1) expect((await create()).status).toBe(202);
    expect(await create()).toMatchObject({ status: 413, body: { overLimit: { code: 413 } } });
    await cloud.openstack.show("volume", `/volumes/${id}`);
    const grow = async (new_size: number) =>
      (await cloud.openstack.post("volume", `/volumes/${id}/action`, { "os-extend": { new_size } })).status;
    expect([await grow(911), await grow(910)]).toEqual([413, 202]);
  });

  test("must be big enough for their image", async () => {
    const [image] = await cloud.openstack.list("image", "/v2/images");
    const response = await cloud.openstack.post("volume", "/volumes", { volume: { size: 19, imageRef: image?.id } });
    expect(response).toMatchObject({ status: 400, body: { badRequest: { message: expect.stringMatching(/20 GB/) } } });
  });

  test("can only grow; while attached, from microversion 3.42 on", async () => {
    const { id } = await create();
    const extend = (new_size: number, version = "volume 3.0") =>
      cloud.openstack.request(
        "volume",
        "POST",
        `/volumes/${id}/action`,
        { "os-extend": { new_size } },
        { "OpenStack-API-Version": version },
      );
    expect((await extend(20)).status).toBe(400);
    expect((await extend(20, "volume 3.42")).status).toBe(202);
    await status(id);
    expect((await extend(5)).status).toBe(400);
    expect((await extend(30)).status).toBe(202);
    expect(await cloud.openstack.show("volume", `/volumes/${id}`)).toMatchObject({ size: 30 });
  });

  test("can be renamed on standard OpenStack, but not on NHN Cloud", async () => {
    const { id } = await create();
    expect((await cloud.openstack.put("volume", `/volumes/${id}`, { volume: { name: "data" } })).status).toBe(200);
    expect(await cloud.openstack.list("volume", "/volumes/detail?name=data")).toHaveLength(1);
    const other = await cloud.nhn.create("volume", "/volumes", { volume: { size: 10 } });
    expect((await cloud.nhn.put("volume", `/volumes/${other.id}`, { volume: { name: "data" } })).status).toBe(404);
  });
});
