import { ComputeServergroupV2 } from "@groundwork/provider-openstack/lib/compute-servergroup-v2";
import { Placement, ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { resource } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

describe("ServerGroup", () => {
  test("places its machines on different hosts by default", () => {
    const stack = openstackStack();
    new ServerGroup(stack, "ControlPlane");
    expect(resource(stack, ComputeServergroupV2)).toMatchObject({
      name: "test-control-plane",
      policies: ["anti-affinity"],
    });
  });

  test.each([
    [Placement.apartIfPossible(), "soft-anti-affinity"],
    [Placement.together(), "affinity"],
    [Placement.togetherIfPossible(), "soft-affinity"],
  ])("uses the given placement (%#)", (placement, policy) => {
    const stack = openstackStack();
    new ServerGroup(stack, "Group", { placement, name: "group" });
    expect(resource(stack, ComputeServergroupV2)).toMatchObject({ name: "group", policies: [policy] });
  });
});
