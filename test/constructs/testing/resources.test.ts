import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DatasyncAgent } from "@cdktf/provider-aws/lib/datasync-agent";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { resource, resources, synthesized } from "@groundwork/constructs/testing";
import { awsStack } from "../../support/fixture";

describe("resources", () => {
  test("returns the blocks of a resource with their arguments and addresses", () => {
    const stack = awsStack();
    new Vpc(stack, "Other", { cidrBlock: "10.1.0.0/16" });
    new Vpc(stack, "Main", { cidrBlock: "10.0.0.0/16" });
    expect(resources(stack, Vpc).map(({ address, cidr_block }) => [address, cidr_block])).toEqual([
      ["aws_vpc.Main", "10.0.0.0/16"],
      ["aws_vpc.Other", "10.1.0.0/16"],
    ]);
  });

  test("distinguishes a data source from the resource of the same type", () => {
    const stack = awsStack();
    new DataAwsVpc(stack, "Shared", { id: "vpc-1" });
    expect(resources(stack, Vpc)).toEqual([]);
    expect(resource(stack, DataAwsVpc)["id"]).toBe("vpc-1");
    expect(resources(stack, DataAwsRegion)).toEqual([]);
  });

  test("finds resources whose name begins with data", () => {
    const stack = awsStack();
    new DatasyncAgent(stack, "Agent", { activationKey: "key" });
    expect(resources(stack, DatasyncAgent)).toHaveLength(1);
  });

  test("fails if there is not exactly one resource", () => {
    const stack = awsStack();
    expect(() => resource(stack, Vpc)).toThrow("expected one aws_vpc, found 0");
    new Vpc(stack, "One");
    new Vpc(stack, "Two");
    expect(() => resource(stack, Vpc)).toThrow("expected one aws_vpc, found 2");
  });

  test("runs the validations of synthesis", () => {
    const stack = awsStack();
    stack.node.addValidation({ validate: () => ["never connected"] });
    expect(() => synthesized(stack)).toThrow("never connected");
  });
});
