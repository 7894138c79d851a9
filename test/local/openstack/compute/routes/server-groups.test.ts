import { emulator } from "../../support";
import { machine, network } from "../../fixtures";

const cloud = emulator();
const WITH_LIST = { server_group: { name: "lab", policies: ["anti-affinity"] } };
const WITH_POLICY = { server_group: { name: "lab", policy: "anti-affinity" } };
const VERSION = { "OpenStack-API-Version": "compute 2.64" };

describe("server groups", () => {
  test("have a list with one policy, or one policy from microversion 2.64 on", async () => {
    const listed = await cloud.openstack.create("compute", "/os-server-groups", WITH_LIST);
    expect(listed).toMatchObject({ policies: ["anti-affinity"], members: [] });
    const { body } = await cloud.openstack.request("compute", "POST", "/os-server-groups", WITH_POLICY, VERSION);
    expect(body).toMatchObject({ server_group: { policy: "anti-affinity", rules: {} } });
    expect((await cloud.openstack.post("compute", "/os-server-groups", WITH_POLICY)).status).toBe(400);
  });

  test("have soft policies from microversion 2.15 on", async () => {
    const soft = { server_group: { name: "lab", policies: ["soft-anti-affinity"] } };
    const version = { "OpenStack-API-Version": "compute 2.15" };
    expect((await cloud.openstack.post("compute", "/os-server-groups", soft)).status).toBe(400);
    expect((await cloud.openstack.request("compute", "POST", "/os-server-groups", soft, version)).status).toBe(200);
  });

  test("of NHN Cloud always have the list, and anti-affinity only", async () => {
    expect((await cloud.nhn.request("compute", "POST", "/os-server-groups", WITH_POLICY, VERSION)).status).toBe(400);
    expect((await cloud.nhn.request("compute", "POST", "/os-server-groups", WITH_LIST, VERSION)).body).toMatchObject({
      server_group: { policies: ["anti-affinity"] },
    });
    const other = { server_group: { name: "lab", policies: ["affinity"] } };
    expect((await cloud.nhn.post("compute", "/os-server-groups", other)).status).toBe(400);
  });

  test("have exactly one policy", async () => {
    for (const policies of [[], ["affinity", "anti-affinity"]])
      expect(
        (await cloud.openstack.post("compute", "/os-server-groups", { server_group: { name: "lab", policies } }))
          .status,
      ).toBe(400);
  });

  test("list their machines; a machine cannot refer to an unknown group", async () => {
    const { id: group } = await cloud.openstack.create("compute", "/os-server-groups", WITH_LIST);
    const requestBody = await machine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
    const { id } = await cloud.openstack.create("compute", "/servers", {
      ...requestBody,
      "os:scheduler_hints": { group },
    });
    expect(await cloud.openstack.show("compute", `/os-server-groups/${group}`)).toMatchObject({ members: [id] });
    expect(
      (await cloud.openstack.post("compute", "/servers", { ...requestBody, "os:scheduler_hints": { group: "none" } }))
        .status,
    ).toBe(400);
    expect((await cloud.openstack.delete("compute", `/os-server-groups/${group}`)).status).toBe(204);
  });
});
