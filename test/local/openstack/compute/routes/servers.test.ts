import { emulator, type NhnClient, type StandardClient } from "../../support";
import {
  floatingIp,
  internet,
  keyPair,
  machine,
  network,
  port,
  publicSubnet,
  router,
  runningMachine,
} from "../../fixtures";

const cloud = emulator();
const show = (id: string) => cloud.openstack.show("compute", `/servers/${id}`);

async function requestBody(more = {}) {
  return machine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }], more);
}

async function failedCreation(client: NhnClient | StandardClient, body: unknown): Promise<readonly [number, string]> {
  const { status, body: response } = await client.post("compute", "/servers", body);
  return [status, JSON.stringify(response)];
}

/** Disks of a machine whose data disk has a size in GB. */
async function disksOf(volume_size: number): Promise<readonly object[]> {
  const [disk] = (await requestBody()).server["block_device_mapping_v2"] as object[];
  return [disk ?? {}, { source_type: "blank", destination_type: "volume", boot_index: 1, volume_size }];
}

describe("machines", () => {
  test("are built first, then active", async () => {
    const { id } = await cloud.openstack.create("compute", "/servers", await requestBody());
    expect(await show(id)).toMatchObject({ status: "BUILD", "OS-EXT-STS:task_state": "spawning" });
    expect(await show(id)).toMatchObject({
      status: "ACTIVE",
      "OS-EXT-STS:power_state": 1,
      "OS-EXT-AZ:availability_zone": "nova",
      key_name: "operators",
      image: "",
    });
  });

  test("list the addresses of their ports in order, floating IPs too", async () => {
    const topology = await network(cloud.openstack);
    await router(cloud.openstack, topology.subnet);
    const [first, other] = [
      await port(cloud.openstack, topology.network),
      await port(cloud.openstack, topology.network),
    ];
    const id = await runningMachine(cloud.openstack, [{ port: other.id }, { port: first.id }]);
    const { id: floating, floating_ip_address } = await floatingIp(cloud.openstack);
    await cloud.openstack.put("network", `/v2.0/floatingips/${floating}`, { floatingip: { port_id: first.id } });
    const { addresses } = (await show(id)) as unknown as { addresses: Record<string, Record<string, unknown>[]> };
    expect(addresses["lab"]?.map(({ addr, "OS-EXT-IPS:type": type }) => [addr, type])).toEqual([
      ["10.0.0.2", "fixed"],
      [floating_ip_address, "floating"],
      ["10.0.0.3", "fixed"],
    ]);
  });

  test("get a new port for a network, with the requested groups and address", async () => {
    const topology = await network(cloud.openstack);
    const group = await cloud.openstack.create("network", "/v2.0/security-groups", {
      security_group: { name: "nodes" },
    });
    const body = await machine(cloud.openstack, [{ uuid: topology.network, fixed_ip: "10.0.0.77" }], {
      security_groups: [{ name: "nodes" }],
    });
    const { id } = await cloud.openstack.create("compute", "/servers", body);
    expect(await cloud.openstack.list("network", `/v2.0/ports?device_id=${id}`)).toMatchObject([
      { fixed_ips: [{ ip_address: "10.0.0.77" }], security_groups: [group.id] },
    ]);
    expect(await show(id)).toMatchObject({ security_groups: [{ name: "nodes" }] });
  });

  test("are deleted with the ports and volumes created for them, but not with existing ones", async () => {
    const topology = await network(cloud.openstack);
    const given = await port(cloud.openstack, topology.network);
    const kept = { source_type: "blank", destination_type: "volume", boot_index: 1, volume_size: 100 };
    const body = await machine(cloud.openstack, [{ port: given.id }, { uuid: topology.network }]);
    const disks = [...(body.server["block_device_mapping_v2"] as object[]), kept];
    const { id } = await cloud.openstack.create("compute", "/servers", {
      server: { ...body.server, block_device_mapping_v2: disks },
    });
    await show(id);
    expect((await show(id))["os-extended-volumes:volumes_attached"]).toHaveLength(2);
    expect((await cloud.openstack.delete("compute", `/servers/${id}`)).status).toBe(204);
    expect(await show(id)).toMatchObject({ "OS-EXT-STS:task_state": "deleting" });
    expect((await cloud.openstack.get("compute", `/servers/${id}`)).status).toBe(404);
    expect(await cloud.openstack.list("network", "/v2.0/ports")).toMatchObject([
      { id: given.id, device_id: "", status: "DOWN" },
    ]);
    expect(await cloud.openstack.list("volume", "/volumes")).toMatchObject([{ size: 100, status: "available" }]);
  });

  test("cannot use the port of another machine", async () => {
    const topology = await network(cloud.openstack);
    const given = await port(cloud.openstack, topology.network);
    await runningMachine(cloud.openstack, [{ port: given.id }]);
    expect(await failedCreation(cloud.openstack, await machine(cloud.openstack, [{ port: given.id }]))).toEqual([
      409,
      expect.stringMatching(/still in use/),
    ]);
  });

  test.each([
    ["an unknown key pair", { key_name: "none" }, 400, /Invalid key_name/],
    ["an unknown zone", { availability_zone: "elsewhere" }, 400, /availability zone/],
    ["an unknown flavor", { flavorRef: "none" }, 400, /Flavor/],
    ["an unknown port", { networks: [{ port: "none" }] }, 400, /Port id none/],
    ["an unknown network", { networks: [{ uuid: "none" }] }, 400, /Network none/],
    ["user data that is not base64", { user_data: "not base64!" }, 400, /base64/],
    ["a name of 256 characters", { name: "x".repeat(256) }, 400, /255/],
    ["an unknown security group", { security_groups: [{ name: "none" }] }, 400, /Security group none/],
    ["no network", { networks: [] }, 400, /needs a network/],
    ["an empty network", { networks: [{}] }, 400, /name a network/],
    ["no disk, if the flavor has none", { block_device_mapping_v2: [] }, 400, /no disk of its own/],
    ["too much user data", { user_data: Buffer.alloc(65_536).toString("base64") }, 400, /65535/],
    ["several machines at once", { max_count: 2 }, 400, /one at a time/],
    ["an unknown field", { colour: "red" }, 400, /unknown here/],
  ])("are rejected with %s", async (_case, more, status, message) => {
    expect(await failedCreation(cloud.openstack, await requestBody(more))).toEqual([
      status,
      expect.stringMatching(message),
    ]);
  });

  test("cannot refer to a security group by a name that is not unique", async () => {
    for (let n = 0; n < 2; n += 1)
      await cloud.openstack.create("network", "/v2.0/security-groups", { security_group: { name: "nodes" } });
    const body = await requestBody({ security_groups: [{ name: "nodes" }] });
    expect(await failedCreation(cloud.openstack, body)).toEqual([
      409,
      expect.stringMatching(/Multiple security groups/),
    ]);
  });

  test("have exactly one valid boot disk, big enough for its image", async () => {
    const body = await requestBody();
    const [disk] = body.server["block_device_mapping_v2"] as object[];
    const withDisks = (...disks: object[]) =>
      failedCreation(cloud.openstack, { server: { ...body.server, block_device_mapping_v2: disks } });
    expect(await withDisks({ ...disk, boot_index: 1 })).toEqual([400, expect.stringMatching(/Boot sequence/)]);
    expect(await withDisks({ ...disk, volume_size: 10 })).toEqual([400, expect.stringMatching(/needs/)]);
    expect(await withDisks({ ...disk, volume_type: "ssd" })).toEqual([400, expect.stringMatching(/volume_type/)]);
    expect(await withDisks({ ...disk, uuid: "none" })).toEqual([400, expect.stringMatching(/failed to get image/)]);
    expect(await withDisks({ ...disk, volume_size: undefined })).toEqual([400, expect.stringMatching(/needs a size/)]);
    expect(await withDisks({ ...disk, uuid: "" })).toEqual([400, expect.stringMatching(/needs its id/)]);
  });

  test.each([
    ["the external network", async () => ({ networks: [{ uuid: await internet(cloud.openstack) }] })],
    ["volumes above the quota", async () => ({ block_device_mapping_v2: await disksOf(1_001) })],
  ])("are in status ERROR, with the reason, after they were accepted with %s", async (_, changes) => {
    const body = await requestBody(await changes());
    const { status, body: created } = await cloud.openstack.post("compute", "/servers", body);
    expect(status).toBe(202);
    const { id } = (created as { server: { id: string } }).server;
    await cloud.openstack.show("compute", `/servers/${id}`);
    expect(await cloud.openstack.show("compute", `/servers/${id}`)).toMatchObject({
      status: "ERROR",
      fault: { message: expect.stringMatching(/quota|operator/) as unknown },
    });
    expect(await cloud.openstack.list("volume", "/volumes")).toEqual([]);
  });

  test("are connected to the only network if none is requested, and rejected if there are several", async () => {
    const body = await requestBody({ networks: undefined });
    expect((await cloud.openstack.post("compute", "/servers", body)).status).toBe(202);
    await network(cloud.openstack);
    expect(await failedCreation(cloud.openstack, body)).toEqual([
      409,
      expect.stringMatching(/Multiple possible networks/),
    ]);
  });

  test("leave no changes when their creation fails", async () => {
    const topology = await network(cloud.openstack);
    const given = await port(cloud.openstack, topology.network);
    const body = await machine(cloud.openstack, [{ port: given.id }]);
    const [disk] = body.server["block_device_mapping_v2"] as object[];
    await failedCreation(cloud.openstack, {
      server: { ...body.server, block_device_mapping_v2: [{ ...disk, volume_type: "tape" }] },
    });
    expect(await cloud.openstack.show("network", `/v2.0/ports/${given.id}`)).toMatchObject({
      device_id: "",
      status: "DOWN",
    });
  });

  test("can boot from an available volume", async () => {
    const volume = await cloud.openstack.create("volume", "/volumes", { volume: { size: 20 } });
    const block_device_mapping_v2 = [
      { source_type: "volume", destination_type: "volume", boot_index: 0, uuid: volume.id },
    ];
    const body = await requestBody({ block_device_mapping_v2 });
    expect(await failedCreation(cloud.openstack, body)).toEqual([400, expect.stringMatching(/is not available/)]);
    await cloud.openstack.get("volume", `/volumes/${volume.id}`);
    await cloud.openstack.create("compute", "/servers", body);
    expect(await cloud.openstack.show("volume", `/volumes/${volume.id}`)).toMatchObject({ status: "in-use" });
  });

  test("can use the disk of their flavor", async () => {
    const flavors = await cloud.openstack.list("compute", "/flavors/detail");
    const flavorRef = flavors.find(({ disk }) => disk === 40)?.id;
    const { server } = await requestBody({ flavorRef });
    const { block_device_mapping_v2: _disks, ...without } = server;
    await expect(cloud.openstack.create("compute", "/servers", { server: without })).resolves.toBeDefined();
  });

  test("of NHN Cloud require a key pair", async () => {
    const { vpc } = await publicSubnet(cloud.nhn);
    const { server } = await machine(cloud.nhn, [{ uuid: vpc }]);
    const { key_name: _key, ...without } = server;
    expect(await failedCreation(cloud.nhn, { server: without })).toEqual([400, expect.stringMatching(/key_name/)]);
    expect((await failedCreation(cloud.nhn, { server }))[0]).toBe(202);
  });

  test("of NHN Cloud can be attached to a subnet", async () => {
    const { subnet } = await publicSubnet(cloud.nhn);
    const { id } = await cloud.nhn.create("compute", "/servers", await machine(cloud.nhn, [{ subnet }]));
    expect(await cloud.nhn.list("network", `/v2.0/ports?device_id=${id}`)).toMatchObject([
      { fixed_ips: [{ subnet_id: subnet }] },
    ]);
  });

  test("are limited by the quota of the project", async () => {
    const body = await requestBody();
    await keyPair(cloud.openstack, "other");
    const statuses = [];
    // 51,200 MB are six machines of 8,192 MB.
    for (let n = 0; n < 7; n += 1) statuses.push((await failedCreation(cloud.openstack, body))[0]);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 202, 403]);
    expect(await failedCreation(cloud.openstack, body)).toEqual([403, expect.stringMatching(/Quota exceeded for ram/)]);
  });

  test("are renamed and listed", async () => {
    const id = await runningMachine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
    await cloud.openstack.put("compute", `/servers/${id}`, { server: { name: "b" } });
    expect(await cloud.openstack.list("compute", "/servers/detail?name=b")).toMatchObject([{ id }]);
    expect((await cloud.openstack.put("compute", `/servers/${id}`, { server: { flavorRef: "b" } })).status).toBe(400);
  });
});
