import { emulator } from "../support";

const cloud = emulator();

describe("images", () => {
  test("of NHN Cloud have their release date in the name", async () => {
    const names = (await cloud.nhn.list("image", "/v2/images?status=active&sort_key=name&sort_dir=asc")).map(
      ({ name }) => name,
    );
    expect(names).toEqual([
      "Ubuntu Server 22.04.3 LTS (2025.10.21)",
      "Ubuntu Server 22.04.5 LTS (2026.02.24)",
      "Ubuntu Server 24.04.1 LTS (2026.02.24)",
    ]);
  });

  test("are found by name", async () => {
    const found = await cloud.openstack.list("image", "/v2/images?name=ubuntu-22.04");
    expect(found).toMatchObject([{ name: "ubuntu-22.04", status: "active", os_version: "22.04" }]);
    expect((await cloud.openstack.get("image", `/v2/images/${found[0]?.id ?? ""}`)).body).toEqual(found[0]);
  });

  test("cannot be created", async () => {
    expect((await cloud.openstack.post("image", "/v2/images", { name: "own" })).status).toBe(404);
  });
});
