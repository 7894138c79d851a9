import { NetworkingNetworkV2 } from "@groundwork/provider-openstack/lib/networking-network-v2";
import { NetworkingSubnetV2 } from "@groundwork/provider-openstack/lib/networking-subnet-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { OST001 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { openstackStack } from "../../../support/openstack";

const lab = Cidr.parse("172.31.0.0/16");

describe("Network", () => {
  test("creates a network with a derived or a given name", () => {
    const stack = openstackStack();
    new Network(stack, "Network", { cidr: lab, tags: ["lab"] });
    expect(resource(stack, NetworkingNetworkV2)).toMatchObject({
      name: "test-network",
      admin_state_up: true,
      tags: ["lab"],
    });
    const other = openstackStack();
    new Network(other, "Network", { cidr: lab, name: "lab" });
    expect(resource(other, NetworkingNetworkV2)["name"]).toBe("lab");
  });

  test("provides its block for rules and address plans", () => {
    const network = new Network(openstackStack(), "Network", { cidr: lab });
    expect(network.peers.map(String)).toEqual(["172.31.0.0/16"]);
  });

  test("can be imported", () => {
    const stack = openstackStack();
    const network = Network.fromAttributes(stack, "Shared", { networkId: "n-1", cidr: lab });
    new Subnet(stack, "Subnet", { network, cidr: Cidr.parse("172.31.0.0/20") });
    expect(resources(stack, NetworkingNetworkV2)).toEqual([]);
    expect(resource(stack, NetworkingSubnetV2)["network_id"]).toBe("n-1");
    expect(network.peers.map(String)).toEqual(["172.31.0.0/16"]);
  });

  test.each([
    ["172.30.0.0/20", /outside of 172\.31\.0\.0\/16/],
    ["172.31.0.0/29", /has 8 addresses/],
    ["172.31.16.0/24", /shares addresses with 172\.31\.16\.0\/20 of test\/Public/],
  ])("rejects the subnet %s", (cidr, message) => {
    const stack = openstackStack();
    const network = new Network(stack, "Network", { cidr: lab });
    new Subnet(stack, "Public", { network, cidr: Cidr.parse("172.31.16.0/20") });
    expect(() => new Subnet(stack, "Second", { network, cidr: Cidr.parse(cidr) })).toViolate(OST001, message);
  });

  test("rejects a subnet outside of an imported network", () => {
    const network = Network.fromAttributes(openstackStack(), "Shared", { networkId: "n-1", cidr: lab });
    expect(() => new Subnet(openstackStack(), "Subnet", { network, cidr: Cidr.parse("10.0.0.0/20") })).toViolate(
      OST001,
    );
  });
});
