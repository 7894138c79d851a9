import { emulator } from "../../support";
import { machine, network } from "../../fixtures";

const cloud = emulator();
const OLD = { server_group: { name: "lab", policies: ["anti-affinity"] } };
const NEW = { server_group: { name: "lab", policy: "anti-affinity" } };
const VERSION = { "OpenStack-API-Version": "compute 2.64" };

describe("server groups", () => {
  test("have a list of one policy, or one policy for clients that speak 2.64", async () => {
    const old = await cloud.openstack.make("compute", "/os-server-groups", OLD);
    expect(old).toMatchObject({ policies: ["anti-affinity"], members: [] });
    const { body } = await cloud.openstack.request("compute", "POST", "/os-server-groups", NEW, VERSION);
    expect(body).toMatchObject({ server_group: { policy: "anti-affinity", rules: {} } });
    expect((await cloud.openstack.post("compute", "/os-server-groups", NEW)).status).toBe(400);
  });

  test("of NHN Cloud know the list and one policy only, whatever a client speaks", async () => {
    expect((await cloud.nhn.request("compute", "POST", "/os-server-groups", NEW, VERSION)).status).toBe(400);
    expect((await cloud.nhn.request("compute", "POST", "/os-server-groups", OLD, VERSION)).body).toMatchObject({
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

  test("know their machines, which name only groups that are there", async () => {
    const { id: group } = await cloud.openstack.make("compute", "/os-server-groups", OLD);
    const requestBody = await machine(cloud.openstack, [{ uuid: (await network(cloud.openstack)).network }]);
    const { id } = await cloud.openstack.make("compute", "/servers", { ...requestBody, "os:scheduler_hints": { group } });
    expect(await cloud.openstack.show("compute", `/os-server-groups/${group}`)).toMatchObject({ members: [id] });
    expect(
      (await cloud.openstack.post("compute", "/servers", { ...requestBody, "os:scheduler_hints": { group: "none" } })).status,
    ).toBe(404);
    expect((await cloud.openstack.delete("compute", `/os-server-groups/${group}`)).status).toBe(204);
  });
});
