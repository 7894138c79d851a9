import { emulator } from "../../support";
import { network } from "../../fixtures";

const cloud = emulator();

describe("tags", () => {
  test("replace the previous tags and can be filtered by", async () => {
    const { subnet } = await network(cloud.openstack);
    for (const tags of [["a"], ["b", "c"]])
      expect((await cloud.openstack.put("network", `/v2.0/subnets/${subnet}/tags`, { tags })).body).toEqual({ tags });
    expect(await cloud.openstack.list("network", "/v2.0/subnets?tags=b")).toMatchObject([{ id: subnet }]);
    expect(await cloud.openstack.list("network", "/v2.0/subnets?tags=a")).toEqual([]);
  });

  test("do not exist on NHN Cloud", async () => {
    const { id } = await cloud.nhn.create("network", "/v2.0/security-groups", { security_group: { name: "nodes" } });
    expect((await cloud.nhn.put("network", `/v2.0/security-groups/${id}/tags`, { tags: ["a"] })).status).toBe(404);
  });
});
