import { emulator } from "../../support";

const cloud = emulator();

describe("flavors", () => {
  test("have the size and the family that their names contain", async () => {
    const found = (await cloud.nhn.list("compute", "/flavors/detail?is_public=None")).find(
      ({ name }) => name === "r2.c2m8",
    );
    expect(found).toMatchObject({ vcpus: 2, ram: 8192, disk: 0, extra_specs: { flavor_type: "r2" } });
    expect((await cloud.nhn.get("compute", `/flavors/${found?.id ?? ""}/os-extra_specs`)).body).toEqual({
      extra_specs: { flavor_type: "r2" },
    });
    expect(await cloud.nhn.show("compute", `/flavors/${found?.id ?? ""}`)).toMatchObject({ name: "r2.c2m8" });
  });

  test("are also listed without details", async () => {
    const [first] = await cloud.openstack.list("compute", "/flavors");
    expect(Object.keys(first ?? {})).toEqual(["id", "name", "links"]);
  });

  test("return 404 for an unknown id", async () => {
    expect((await cloud.openstack.get("compute", "/flavors/none")).body).toMatchObject({ itemNotFound: { code: 404 } });
  });
});

describe("availability zones", () => {
  test("are listed by name", async () => {
    const names = async (client: typeof cloud.nhn | typeof cloud.openstack) =>
      (await client.list("compute", "/os-availability-zone")).map(({ zoneName }) => zoneName);
    expect([await names(cloud.nhn), await names(cloud.openstack)]).toEqual([["kr-pub-a", "kr-pub-b"], ["nova"]]);
  });
});
