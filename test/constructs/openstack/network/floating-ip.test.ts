import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingFloatingipV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-v2";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { OST004 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { NARROW, twoTiers } from "../../../support/openstack";

describe("FloatingIp", () => {
  test("is allocated from the pool of the external network", () => {
    const { stack, internet } = twoTiers();
    new FloatingIp(stack, "Address", { external: internet, description: "control plane" });
    const block = resource(stack, NetworkingFloatingipV2);
    expect(block["pool"]).toMatch(/data\.openstack_networking_network_v2\.Internet_\w+\.name/);
    expect(block["description"]).toBe("control plane");
  });

  test("sets its description as label if the cloud uses labels", () => {
    const { stack, internet } = twoTiers(NARROW);
    new FloatingIp(stack, "Address", { external: internet, description: "bastion" });
    const block = resource(stack, NetworkingFloatingipV2);
    expect([block["description"], block["value_specs"]]).toEqual([undefined, { label: "bastion" }]);
  });

  test("depends on the given resources", () => {
    const { stack, internet, publicSubnet } = twoTiers();
    new FloatingIp(stack, "Address", { external: internet, dependsOn: publicSubnet.routing });
    expect(resource(stack, NetworkingFloatingipV2)["depends_on"]).toHaveLength(1);
  });

  test("can be an imported address", () => {
    const { stack, publicSubnet } = twoTiers();
    const floatingIp = FloatingIp.fromAddress(stack, "Known", "198.51.100.7");
    const port = new Port(stack, "Port", { subnet: publicSubnet, securityGroups: [], floatingIp });
    expect(port.floatingAddress).toBe("198.51.100.7");
    expect(resources(stack, NetworkingFloatingipV2)).toEqual([]);
    expect(resource(stack, NetworkingFloatingipAssociateV2)["floating_ip"]).toBe("198.51.100.7");
    expect(() => new Port(stack, "Second", { subnet: publicSubnet, securityGroups: [], floatingIp })).toViolate(OST004);
  });

  test("rejects a second port", () => {
    const { stack, internet, publicSubnet } = twoTiers();
    const floatingIp = new FloatingIp(stack, "Address", { external: internet });
    new Port(stack, "Port", { subnet: publicSubnet, securityGroups: [], floatingIp });
    expect(() => new Port(stack, "Second", { subnet: publicSubnet, securityGroups: [], floatingIp })).toViolate(
      OST004,
      /test\/Address is connected to test\/Port/,
    );
  });
});
