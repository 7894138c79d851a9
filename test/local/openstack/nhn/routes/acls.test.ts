import { emulator } from "../../support";
import { vpc } from "../../fixtures";

const cloud = emulator();
const acl = () => cloud.nhn.create("network", "/v2.0/acls", { acl: { name: "lab", description: "a" } });
const bind = (acl_id: string, network_id: string) =>
  cloud.nhn.post("network", "/v2.0/acl_bindings", { acl_binding: { acl_id, network_id } });

describe("network ACLs", () => {
  test("update their description and count revisions", async () => {
    const { id, revision_number } = await acl();
    expect(revision_number).toBe(0);
    const { body } = await cloud.nhn.put("network", `/v2.0/acls/${id}`, { acl: { description: "b" } });
    expect(body).toMatchObject({ acl: { name: "lab", description: "b", revision_number: 1 } });
  });

  test("are limited to ten", async () => {
    for (let n = 0; n < 10; n += 1) await acl();
    await expect(acl()).rejects.toThrow(/OverQuota/);
  });

  test("cannot be deleted while they are bound, and are deleted with their rules", async () => {
    const { id } = await acl();
    const { body } = await bind(id, (await vpc(cloud.nhn)).id);
    expect((await cloud.nhn.delete("network", `/v2.0/acls/${id}`)).status).toBe(409);
    await cloud.nhn.delete("network", `/v2.0/acl_bindings/${(body as { acl_binding: { id: string } }).acl_binding.id}`);
    expect((await cloud.nhn.delete("network", `/v2.0/acls/${id}`)).status).toBe(204);
    expect(await cloud.nhn.list("network", "/v2.0/acl_rules")).toEqual([]);
  });
});
