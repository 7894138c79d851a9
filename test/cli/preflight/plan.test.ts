import { readDeployed } from "@groundwork/cli/preflight/state";
import { Plan } from "@groundwork/cli/preflight/plan";
import { planOf, stateOf } from "./support";

describe("a plan", () => {
  test("creates the resources that are not in the state", () => {
    const plan = planOf({ aws_vpc: { A: {}, B: {} }, aws_eip: { C: {} } }, { state: { "aws_vpc.A": { id: "vpc-1" } } });
    expect(plan.created().map(({ address }) => address)).toEqual(["aws_vpc.B", "aws_eip.C"]);
    expect(plan.resources("aws_vpc").map(({ deployed }) => deployed?.["id"])).toEqual(["vpc-1", undefined]);
  });

  test("counts the instances of count and for_each, and those of them that exist", () => {
    const resource = {
      aws_eip: { A: { count: 3 }, B: { for_each: { x: 1, y: 2 } }, C: { for_each: ["p"] }, D: { count: "${var.n}" } },
    };
    const state = JSON.stringify({
      resources: [
        {
          mode: "managed",
          type: "aws_eip",
          name: "A",
          instances: [{ index_key: 0, attributes: {} }],
        },
        { mode: "managed", type: "aws_eip", name: "B", instances: [{ index_key: "x", attributes: {} }] },
        { mode: "managed", type: "aws_eip", name: "C", module: "module.other", instances: [{ index_key: "p" }] },
        { mode: "data", type: "aws_eip", name: "D", instances: [{}] },
      ],
    });
    const stack = { id: "lab", json: { resource } };
    const plan = new Plan([{ stack, deployed: readDeployed(state) }]);
    expect(plan.created().map(({ address }) => address)).toEqual([
      "aws_eip.A[1]",
      "aws_eip.A[2]",
      'aws_eip.B["y"]',
      'aws_eip.C["p"]',
      "aws_eip.D[0]",
    ]);
  });

  test("of a stack without a state creates everything", () => {
    expect(readDeployed("").size).toBe(0);
    expect(readDeployed(stateOf({})).size).toBe(0);
  });

  test.each([
    ["${var.zone}", { TF_VAR_zone: "a" }, "a"],
    ["x-${var.zone}-${var.zone}", { TF_VAR_zone: "a" }, "x-a-a"],
    ["${var.missing}", {}, undefined],
    ["${aws_vpc.A.cidr}", {}, "10.0.0.0/8"],
    ["${aws_vpc.A.id}", {}, "vpc-1"],
    ["${aws_vpc.B.id}", {}, undefined],
    ["${data.aws_region.R.name}", {}, "us-west-2"],
    ["${data.aws_caller_identity.Me.account_id}", { aws_caller_identity: "111122223333" }, "111122223333"],
    ['${cidrsubnet("10.0.0.0/8", 8, 1)}', {}, undefined],
    ["${aws_vpc.Loop.self}", {}, undefined],
    [5, {}, "5"],
    [{ a: 1 }, {}, undefined],
  ])("resolves %j with %j to %j", (value, variables, expected) => {
    const plan = planOf(
      {
        aws_vpc: { A: { cidr: "10.0.0.0/8" }, B: {}, Loop: { self: "${aws_vpc.Loop.self}" } },
        aws_subnet: { S: { zone: value } },
      },
      {
        data: { aws_region: { R: { name: "us-west-2" } } },
        state: { "aws_vpc.A": { id: "vpc-1" } },
        variables: variables,
      },
    );
    expect(plan.created("aws_subnet")[0]?.text("zone")).toBe(expected);
  });
});
