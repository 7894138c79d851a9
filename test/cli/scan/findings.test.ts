import { evaluate, ofScanned, readFindings } from "@groundwork/cli/scan/findings";

const finding = { check: "CKV_1", stack: "lab-eks", resource: "Network_1", title: "x" };
const reason = { check: "CKV_1", stacks: ["*-eks"], resource: "Network", reason: "because" };

describe("evaluate", () => {
  test("accepts a finding with a reason", () => {
    expect(evaluate([finding], [reason])).toEqual({ accepted: [{ finding, reason: "because" }], open: [], unused: [] });
  });

  test.each([
    ["another check", { ...reason, check: "CKV_2" }],
    ["another stack", { ...reason, stacks: ["lab-site"] }],
    ["another resource", { ...reason, resource: "Subnet" }],
  ])("does not accept it for a reason for %s, and returns that reason as unused", (_, other) => {
    expect(evaluate([finding], [other])).toEqual({ accepted: [], open: [finding], unused: [other] });
  });
});

describe("a scan of some stacks", () => {
  const result = { accepted: [], open: [], unused: [reason] };
  const all = ["lab-eks", "production-eks", "lab-site"];

  test("does not report a reason that applies to a stack that was not scanned", () => {
    expect(ofScanned(result, all, ["lab-eks"]).unused).toEqual([]);
  });

  test("reports a reason without a finding in any of its stacks, and one for no stack", () => {
    expect(ofScanned(result, all, ["lab-eks", "production-eks"]).unused).toEqual([reason]);
    const gone = { ...result, unused: [{ ...reason, stacks: ["old-eks"] }] };
    expect(ofScanned(gone, all, ["lab-site"]).unused).toHaveLength(1);
  });
});

describe("readFindings", () => {
  const failed = { check_id: "CKV_1", check_name: "x", resource: "aws_vpc.Network_1" };

  test("reads one report or several", () => {
    const report = { results: { failed_checks: [failed], parsing_errors: [] } };
    expect(readFindings("lab-eks", JSON.stringify(report))).toEqual([finding]);
    expect(readFindings("lab-eks", JSON.stringify([report, { passed: 0 }]))).toEqual([finding]);
  });

  test("fails when the scanner could not read a file, instead of returning no finding", () => {
    const report = { results: { failed_checks: [], parsing_errors: ["cdk.tf.json"] } };
    expect(() => readFindings("lab-eks", JSON.stringify(report))).toThrow("could not read cdk.tf.json");
  });
});
