import { Network } from "@groundwork/constructs/aws/network/network";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { addressPlan } from "@groundwork/constructs/insight/address-plan";
import { awsStack } from "../../support/fixture";

describe("addressPlan", () => {
  test("prints the memory map of every network below a construct", () => {
    const stack = awsStack();
    for (const [id, cidr] of [
      ["One", "10.1.0.0/16"],
      ["Two", "10.2.0.0/16"],
    ] as const)
      new Network(stack, id, {
        cidr: Cidr.parse(cidr),
        zones: Region.of("us-west-2").zones(1),
        tiers: [Tier.isolated()],
      });
    const lines = addressPlan(stack).split("\n");
    expect(lines.filter((line) => !line.startsWith("  "))).toEqual([
      "test/One in us-west-2",
      "10.1.0.0/16  65,536 addresses",
      "",
      "test/Two in us-west-2",
      "10.2.0.0/16  65,536 addresses",
      "",
    ]);
    expect(lines.filter((line) => line.includes("isolated a")).map((line) => line.split(/ +/)[1])).toEqual([
      "10.1.32.0/22",
      "10.2.32.0/22",
    ]);
  });
});
