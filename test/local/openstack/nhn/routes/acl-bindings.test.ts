import { emulator } from "../../support";
import { internet, vpc } from "../../fixtures";

const cloud = emulator();
const acl = () => cloud.nhn.create("network", "/v2.0/acls", { acl: { name: "lab" } });
const bind = (acl_id: string, network_id: string) =>
  cloud.nhn.post("network", "/v2.0/acl_bindings", { acl_binding: { acl_id, network_id } });

describe("bindings of network ACLs", () => {
  test("are limited to one per VPC, but not per ACL", async () => {
    const { id } = await acl();
    const first = await vpc(cloud.nhn);
    const other = await vpc(cloud.nhn, "10.0.0.0/16");
    const statuses = [await bind(id, first.id), await bind((await acl()).id, first.id), await bind(id, other.id)].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([201, 409, 201]);
  });

  test("cannot be updated, and reject the public network", async () => {
    const { id } = await acl();
    expect((await bind(id, await internet(cloud.nhn))).status).toBe(403);
    await bind(id, (await vpc(cloud.nhn)).id);
    const [binding] = await cloud.nhn.list("network", "/v2.0/acl_bindings");
    expect(
      (await cloud.nhn.put("network", `/v2.0/acl_bindings/${binding?.id ?? ""}`, { acl_binding: {} })).status,
    ).toBe(404);
  });
});
