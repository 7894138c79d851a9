import { plannedChanges } from "@groundwork/tooling/terraform/planned-change";

const change = (address: string, actions: readonly string[], more: object = {}) => ({
  address,
  type: "aws_vpc",
  change: { actions, before: null, after: null, ...more },
});

function changes(resources: readonly object[], outputs: object = {}) {
  return plannedChanges(JSON.stringify({ resource_changes: resources, output_changes: outputs }));
}

describe("plannedChanges", () => {
  test("leaves out what stays and what is only read", () => {
    expect(
      changes([change("aws_vpc.A", ["no-op"]), change("data.aws_vpc.B", ["read"])], { x: { actions: ["no-op"] } }),
    ).toEqual([]);
    expect(plannedChanges("{}")).toEqual([]);
  });

  test("names the arguments that differ, without values", () => {
    const more = {
      before: { tags: { a: "1" }, cidr: "x", id: "vpc-1", secret: "old" },
      after: { tags: { a: "2" }, cidr: "x", secret: "new" },
      after_unknown: { id: true, tags: { a: false }, cidr: false },
    };
    const found = changes([change("aws_vpc.A", ["update"], more)]);
    expect(found).toEqual([
      { address: "aws_vpc.A", type: "aws_vpc", actions: ["update"], attributes: ["tags", "id", "secret"] },
    ]);
  });

  test("finds replacements, creations and outputs", () => {
    const found = changes([change("aws_vpc.A", ["delete", "create"]), change("aws_vpc.B", ["create"])], {
      url: { actions: ["update"] },
    });
    expect(found.map(({ address, actions }) => [address, actions])).toEqual([
      ["aws_vpc.A", ["delete", "create"]],
      ["aws_vpc.B", ["create"]],
      ["output.url", ["update"]],
    ]);
  });
});
