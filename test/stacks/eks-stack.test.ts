import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { resource, resources } from "../support/fixture";
import { stackOf } from "../support/stacks";

describe("lab-eks", () => {
  const stack = stackOf("lab-eks");

  test("has the lab's network: one block, three zones, a NAT gateway in each", () => {
    expect(resource(stack, Vpc)).toMatchObject({ cidr_block: "10.0.0.0/16", tags: { Name: "lab-eks-network" } });
    expect(resources(stack, NatGateway)).toHaveLength(3);
    const blocks = resources(stack, Subnet).map((subnet) => String(subnet["cidr_block"]));
    expect(blocks.sort()).toEqual([
      "10.0.0.0/19",
      "10.0.128.0/19",
      "10.0.160.0/19",
      "10.0.32.0/19",
      "10.0.64.0/19",
      "10.0.96.0/19",
    ]);
  });
});

describe("local-eks", () => {
  test("has the lab's resources, address for address", () => {
    const addresses = (id: string) =>
      resources(stackOf(id), Subnet).map((subnet) => [subnet.address, subnet["cidr_block"]]);
    expect(addresses("local-eks")).toEqual(addresses("lab-eks"));
  });
});
