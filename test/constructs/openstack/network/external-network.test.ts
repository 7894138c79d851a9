import { DataOpenstackNetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/data-openstack-networking-network-v2";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { resource } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

describe("ExternalNetwork", () => {
  test("is found by its flag", () => {
    const stack = openstackStack();
    new ExternalNetwork(stack, "Internet");
    const block = resource(stack, DataOpenstackNetworkingNetworkV2);
    expect([block["external"], block["name"]]).toEqual([true, undefined]);
  });

  test("is distinguished by its name if there are several", () => {
    const stack = openstackStack();
    new ExternalNetwork(stack, "Internet", { name: "public" });
    expect(resource(stack, DataOpenstackNetworkingNetworkV2)).toMatchObject({ external: true, name: "public" });
  });
});
