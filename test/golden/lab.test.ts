import { addressPlan } from "@groundwork/constructs/insight/address-plan";


import type { TerraformStack } from "cdktf";
import { synthesized } from "../support/fixture";
import { golden, UPDATING, writeGolden } from "../support/golden";
import { app, stacks } from "../support/stacks";



const labs = stacks.filter((stack) => stack.node.id.startsWith("lab-"));

/** Every address of a stack, and the source addresses of its moved entries. */
function addressesOf(stack: TerraformStack): { addresses: string[]; movedFrom: string[] } {
  const { resource = {}, moved = [] } = synthesized(stack) as unknown as {
    resource?: Record<string, object>;
    moved?: { from: string }[];
  };
  const addresses = Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
  return { addresses: addresses.sort(), movedFrom: moved.map(({ from }) => from) };
}

function linesOf(name: string): string[] {
  return golden(name).split("\n").filter(Boolean);
}

describe("the lab", () => {
  test("keeps the addresses that a person has reviewed", () => {
    const plan = addressPlan(app).split("\n\n").filter((part) => part.startsWith("lab-")).join("\n\n");
    if (UPDATING) writeGolden("address-plan.txt", plan);
    expect(plan).toBe(golden("address-plan.txt"));
  });

  describe.each(labs.map((stack) => [stack.node.id, stack] as const))("%s", (id, stack) => {
    const file = `addresses/${id}.txt`;
    const { addresses, movedFrom } = addressesOf(stack);
    const lost = linesOf(file).filter((address) => !addresses.includes(address) && !movedFrom.includes(address));

    test("loses no address without a moved entry, because Terraform would destroy the resource", () => {
      expect(lost).toEqual([]);
    });

    test("has the addresses that a person has reviewed", () => {
      // A lost address stays in the file until a person takes it out by hand.
      if (UPDATING) writeGolden(file, `${[...addresses, ...lost].sort().join("\n")}\n`);
      expect(addresses.filter((address) => !linesOf(file).includes(address))).toEqual([]);
    });
  });
});
