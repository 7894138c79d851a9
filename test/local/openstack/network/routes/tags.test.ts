import { emulator } from "../../support";
import { network } from "../../fixtures";

const cloud = emulator();

describe("tags", () => {
  test("replace those that were there, and are looked for", async () => {
    const { subnet } = await network(cloud.openstack);
    for (const tags of [["a"], ["b", "c"]])
      expect((await cloud.openstack.put("network", `/v2.0/subnets/${subnet}/tags`, { tags })).body).toEqual({ tags });
    expect(await cloud.openstack.list("network", "/v2.0/subnets?tags=b")).toMatchObject([{ id: subnet }]);
    expect(await cloud.openstack.list("network", "/v2.0/subnets?tags=a")).toEqual([]);
  });

  test("are nothing that NHN Cloud documents", async () => {
    const { id } = await cloud.nhn.make("network", "/v2.0/security-groups", { security_group: { name: "nodes" } });
    expect((await cloud.nhn.put("network", `/v2.0/security-groups/${id}/tags`, { tags: ["a"] })).status).toBe(404);
  });
});
