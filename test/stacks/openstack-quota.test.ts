import { OST014 } from "@groundwork/constructs/openstack/rules";
import { type EnvironmentData, readEnvironment } from "@groundwork/stacks/environments/environment";
import { lab } from "@groundwork/stacks/environments/lab";
import { production } from "../support/environments/production";
import { NhnStack } from "@groundwork/stacks/nhn-stack";
import { ENV001, ENV002 } from "@groundwork/stacks/rules";
import { counted, openstackStack } from "../openstack/support/stacks";
import type { Usage } from "../openstack/support/project";
import { synthesized, testApp } from "../support/fixture";
import { textOf } from "../support/repository";

type Section = EnvironmentData["openstack"];

function stackOf(environment: EnvironmentData, changes: Partial<Section> = {}) {
  const authUrl = "http://127.0.0.1:1/v3";
  return openstackStack(environment, { authUrl }, (section) => ({ ...section, ...changes }))(testApp());
}

/** Numbers of a row of the table of quotas in the documentation: a new project, the lab, production. */
function documented(label: string): readonly number[] {
  const row = textOf("docs/nhn.md")
    .split("\n")
    .find((line) => line.startsWith(`| ${label} |`));
  const cells = row?.split("|").slice(2, 5) ?? [];
  return cells.map((cell) => Number(cell.replace(/[*, ]|GiB/g, "")));
}

const ROWS = [
  ["machines", "machines", 1],
  ["vCPUs", "vCpus", 1],
  ["memory", "memory", 1_024],
  ["volumes", "volumes", 1],
  ["size of all volumes", "volumeStorage", 1],
  ["security groups, with `default`", "securityGroups", 1],
  ["security group rules, with the four of `default`", "securityGroupRules", 1],
  ["floating IPs", "floatingIps", 1],
  ["ports, with those of routers and load balancers", "ports", 1],
] as const;

describe("quotas of the OpenStack stacks", () => {
  const usages: readonly Usage[] = [lab, production].map((environment) => counted(stackOf(environment)));

  test.each(ROWS)("%s are documented as the stacks need them", (label, kind, unit) => {
    expect(documented(label).slice(1)).toEqual(usages.map((usage) => Number(usage[kind]) / unit));
  });

  test("the checked-in environments fit into the quotas that they state", () => {
    for (const environment of [lab, production]) expect(() => synthesized(stackOf(environment))).not.toThrow();
  });

  test("production does not fit into the quotas of a new project", () => {
    const { flavors } = production.openstack.quota;
    const stack = stackOf(production, { quota: { ...lab.openstack.quota, flavors } });
    expect(() => synthesized(stack)).toViolate(OST014, /29 vCPUs, the project's quota is 20/);
    expect(() => synthesized(stack)).toThrow(/114 GiB of memory, the project's quota is 50/);
    expect(() => synthesized(stack)).toThrow(/1120 GiB of volumes, the project's quota is 1000/);
  });

  test("a flavor without a size is rejected, and nothing is checked without a quota", () => {
    expect(() => synthesized(stackOf(lab, { quota: { vCpus: 20 } }))).toViolate(OST014, /m1\.c2m8.*of unknown size/);
    const { quota: _, ...unchecked } = lab.openstack;
    const stack = openstackStack({ ...lab, openstack: unchecked }, { authUrl: "http://127.0.0.1:1/v3" })(testApp());
    expect(() => synthesized(stack)).not.toThrow();
  });

  test("a quota that is no number, and an unknown quota, are rejected", () => {
    const quota = { ...lab.openstack.quota };
    expect(() => stackOf(lab, { quota: { ...quota, vCpus: 0 } })).toViolate(ENV002, /quota\.vCpus/);
    const unknown = { ...quota, cores: 20 };
    expect(() => stackOf(lab, { quota: unknown })).toViolate(ENV001, /quota\.cores/);
  });

  test("quotas of NHN Cloud are compared as well", () => {
    const withQuota = (quota: NonNullable<EnvironmentData["nhn"]>["quota"]) => {
      const environment = readEnvironment("environments/lab.ts", { ...lab, nhn: { ...lab.nhn, quota } });
      if (environment.nhn === undefined) throw new Error("the lab has NHN Cloud");
      return new NhnStack(testApp(), "lab-nhn", { environment, nhn: environment.nhn });
    };
    expect(() => synthesized(withQuota({ machines: 5, vCpus: 10, memoryGibibytes: 40 }))).not.toThrow();
    expect(() => synthesized(withQuota({ vCpus: 9 }))).toViolate(OST014, /10 vCPUs, the project's quota is 9/);
  });
});
