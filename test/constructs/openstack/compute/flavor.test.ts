import { DataOpenstackComputeFlavorV2 } from "@groundwork/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { OST010 } from "@groundwork/constructs/openstack/rules";
import { resource } from "../../../support/fixture";
import { NARROW, openstackStack } from "../../../support/openstack";

describe("Flavor", () => {
  test("is looked up by name", () => {
    const stack = openstackStack();
    const flavor = new Flavor(stack, "Medium", { name: "m1.medium" });
    expect(resource(stack, DataOpenstackComputeFlavorV2)["name"]).toBe("m1.medium");
    expect(flavor.flavorName).toBe("m1.medium");
  });

  test.each(["r2.c2m8", "${TfToken[TOKEN.1]}"])("accepts %p if names have a pattern", (name) => {
    expect(() => new Flavor(openstackStack(), "Flavor", { name, cloud: NARROW })).not.toThrow();
  });

  test.each(["m1.medium", "r2.c2m8 ", "R2.C2M8"])("rejects %p if names have a pattern", (name) => {
    expect(() => new Flavor(openstackStack(), "Flavor", { name, cloud: NARROW })).toViolate(
      OST010,
      /of Narrow Cloud; use a name such as m2\.c4m8/,
    );
  });

  test("rejects an empty name", () => {
    expect(() => new Flavor(openstackStack(), "Flavor", { name: "" })).toViolate(OST010);
  });
});
