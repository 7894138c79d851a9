import { parseQuotas } from "@groundwork/cli/preflight/command";
import { vpcNameCheck } from "@groundwork/cli/preflight/nhn/names";
import { vpcQuotaCheck } from "@groundwork/cli/preflight/nhn/vpc-quotas";
import { Testing } from "cdktf";
import { stackOf } from "../../support/stacks";
import { planOf } from "./support";

function labPlan() {
  const { resource, data } = JSON.parse(Testing.synth(stackOf("lab-nhn"))) as { resource: never; data: never };
  return planOf(resource, { data });
}

const LAB = { vpcs: 2, internetGateways: 2, natGateways: 2, networkAcls: 2, aclRules: 70 };

describe("preflight of NHN Cloud", () => {
  test("counts the objects of the lab in the VPC API", () => {
    expect(vpcQuotaCheck({}).needs(labPlan())).toEqual(LAB);
  });

  test.each([
    ["an empty project", {}, {}, []],
    ["a project with its default VPC", { vpcs: 1 }, {}, []],
    ["two VPCs", { vpcs: 2 }, {}, ["2 VPCs"]],
    ["two VPCs and a raised quota", { vpcs: 2 }, { vpcs: 4 }, []],
    ["used gateways", { internetGateways: 2, natGateways: 2 }, {}, ["2 internet gateways", "2 NAT gateways"]],
    ["31 rules and nine ACLs", { aclRules: 31, networkAcls: 9 }, {}, ["2 network ACLs", "70 rules of network ACLs"]],
  ])("compares them with %s", (_, used, raised, expected) => {
    expect(
      vpcQuotaCheck(raised)
        .compare(LAB, used)
        .map(({ needed }) => needed),
    ).toEqual(expected);
  });

  test("reports existing names of the VPC API", () => {
    const needs = vpcNameCheck.needs(labPlan()) ?? {};
    expect(needs["vpcs"]).toEqual(["lab-nhn-network-vpc", "lab-nhn-platform-network-vpc"]);
    const found = vpcNameCheck.compare(needs, { vpcs: ["Default Network", "lab-nhn-network-vpc"] });
    expect(found.map(({ needed }) => needed)).toEqual(["VPC lab-nhn-network-vpc"]);
  });

  test("accepts raised quotas of known kinds only", () => {
    expect(parseQuotas(["vpcs=5", "aclRules=200"])).toEqual({ vpcs: 5, aclRules: 200 });
    for (const wrong of ["vpc=5", "vpcs", "vpcs=many", "=3"])
      expect(() => parseQuotas([wrong])).toThrow(/is no quota of NHN Cloud; write <kind>=<number> with one of vpcs/);
  });
});
