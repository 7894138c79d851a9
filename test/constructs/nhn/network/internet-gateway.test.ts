import { DataOpenstackNetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/data-openstack-networking-network-v2";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { ExternalNetwork } from "@groundwork/constructs/openstack/network/external-network";
import { resources } from "../../../support/fixture";
import { nhnStack, object } from "../../../support/nhn";

describe("InternetGateway", () => {
  test("finds the external network by its flag, because its name has two spellings", () => {
    const { stack } = nhnStack();
    new InternetGateway(stack, "Gateway");
    const [external] = resources(stack, DataOpenstackNetworkingNetworkV2);
    expect(external).toMatchObject({ external: true });
    expect(external).not.toHaveProperty("name");
    expect(object(stack, "internetgateway").fields).toEqual({
      name: "test-gateway",
      external_network_id: `data.${String(external?.address)}.id`,
    });
  });

  test("is replaced by any change, because NHN Cloud changes no field in place", () => {
    const { stack } = nhnStack();
    new InternetGateway(stack, "Gateway", { name: "lab" });
    const { block, changeable } = object(stack, "internetgateway");
    expect(changeable).toBeUndefined();
    expect(block["force_new"]).toEqual(["name=lab", expect.stringMatching(/^external_network_id=/)]);
  });

  test("uses a given external network", () => {
    const { stack } = nhnStack();
    const externalNetwork = new ExternalNetwork(stack, "Internet");
    expect(new InternetGateway(stack, "Gateway", { externalNetwork }).externalNetwork).toBe(externalNetwork);
    expect(resources(stack, DataOpenstackNetworkingNetworkV2)).toHaveLength(1);
  });
});
