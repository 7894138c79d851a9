import { anyCheck, type Check } from "../check";
import type { Plan, PlannedBlock } from "../plan";
import { exceededQuotas } from "../quota";
import type { AwsCloud } from "./cloud";
import { countBy } from "./network-quotas";
import { limitOf, type QuotaCode, requestQuota } from "./service-quotas";

/** A number of items in one object, with the quota of items per object. */
interface ItemKind {
  /** Such as `inbound rules of security group`. */
  readonly label: string;
  readonly quota: QuotaCode;
  /** Numbers of items by the name of the object. */
  readonly count: (plan: Plan) => Readonly<Record<string, number>>;
}

const GROUP_RULES: QuotaCode = { service: "vpc", code: "L-0EA8095F" };
const ACL_RULES: QuotaCode = { service: "vpc", code: "L-2AEEBF1A" };
const ROUTES: QuotaCode = { service: "vpc", code: "L-93826ACB" };

/** Source of the codes: Service Quotas, Amazon VPC. */
const KINDS: readonly ItemKind[] = [
  {
    label: "inbound rules of security group",
    quota: GROUP_RULES,
    count: (plan) => groupRules(plan, "ingress"),
  },
  {
    label: "outbound rules of security group",
    quota: GROUP_RULES,
    count: (plan) => groupRules(plan, "egress"),
  },
  { label: "inbound rules of network ACL", quota: ACL_RULES, count: (plan) => aclRules(plan, "ingress") },
  { label: "outbound rules of network ACL", quota: ACL_RULES, count: (plan) => aclRules(plan, "egress") },
  { label: "routes of route table", quota: ROUTES, count: routes },
];

/** Numbers of items by label and name of the object. */
export type RuleNeeds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Region, and limits by code of the quota. */
export interface RuleSupply {
  readonly region: string;
  readonly limits: Readonly<Record<string, number | undefined>>;
}

/** Whether the rules of each security group and network ACL, and the routes of each table, fit into their quotas. */
export const ruleQuotaCheck: Check<AwsCloud, RuleNeeds, RuleSupply> = {
  name: "quotas of rules",
  needs: (plan) => {
    const entries = KINDS.map(({ label, count }) => [label, count(plan)] as const);
    const needed = entries.filter(([, counts]) => Object.keys(counts).length > 0);
    return needed.length === 0 ? undefined : Object.fromEntries(needed);
  },
  supply: async (cloud, needs) => {
    const quotas = new Map(KINDS.filter(({ label }) => needs[label]).map(({ quota }) => [quota.code, quota]));
    const limits = [...quotas.values()].map(async (quota) => [quota.code, await limitOf(cloud, quota)] as const);
    return { region: cloud.region, limits: Object.fromEntries(await Promise.all(limits)) };
  },
  compare: (needs, { region, limits }) =>
    exceededQuotas(
      KINDS.flatMap(({ label, quota }) => {
        const limit = limits[quota.code];
        return Object.entries(needs[label] ?? {}).map(([name, needed]) => ({
          label: `${label} ${name}`,
          needed,
          quota: limit === undefined ? undefined : { limit, used: 0 },
          fix: requestQuota({ region }, quota),
        }));
      }),
    ),
};

export const ruleQuotas = anyCheck(ruleQuotaCheck);

/** All rules of the groups that get a new one: a group has the old and the new ones. */
function groupRules(plan: Plan, direction: "ingress" | "egress"): Readonly<Record<string, number>> {
  const rules = plan.resources(`aws_vpc_security_group_${direction}_rule`);
  const older = plan.resources("aws_security_group_rule").filter((rule) => rule.text("type") === direction);
  const inline = plan
    .resources("aws_security_group")
    .flatMap((group) => listOf(group.block[direction]).map(() => ({ group: nameOf(group), isNew: isNew(group) })));
  const separate = [...rules, ...older].map((rule) => {
    const group = plan.referenced(rule, "security_group_id");
    return { group: group === undefined ? "" : nameOf(group), isNew: isNew(rule) };
  });
  return changed([...separate, ...inline].map(({ group, isNew: added }) => ({ name: group, isNew: added })));
}

function aclRules(plan: Plan, direction: "ingress" | "egress"): Readonly<Record<string, number>> {
  const inline = plan
    .resources("aws_network_acl")
    .flatMap((acl) => listOf(acl.block[direction]).map(() => ({ name: nameOf(acl), isNew: isNew(acl) })));
  const separate = plan
    .resources("aws_network_acl_rule")
    .filter(({ block }) => (block["egress"] === true) === (direction === "egress"))
    .map((rule) => {
      const acl = plan.referenced(rule, "network_acl_id");
      return { name: acl === undefined ? "" : nameOf(acl), isNew: isNew(rule) };
    });
  return changed([...inline, ...separate]);
}

function routes(plan: Plan): Readonly<Record<string, number>> {
  return changed(
    plan.resources("aws_route").map((route) => {
      const table = plan.referenced(route, "route_table_id");
      return { name: table === undefined ? "" : nameOf(table), isNew: isNew(route) };
    }),
  );
}

/** Counts the items of the objects that get at least one new item. An object outside of the stacks has an empty name. */
function changed(
  items: readonly { readonly name: string; readonly isNew: boolean }[],
): Readonly<Record<string, number>> {
  const names = new Set(items.filter(({ isNew: added }) => added).map(({ name }) => name));
  return countBy(items.map(({ name }) => name).filter((name) => name !== "" && names.has(name)));
}

function isNew({ deployed }: PlannedBlock): boolean {
  return deployed === undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The tag `Name`, the name, or the address. */
function nameOf(resource: PlannedBlock): string {
  const tags = resource.block["tags"];
  const tag =
    typeof tags === "object" && tags !== null ? (tags as Readonly<Record<string, unknown>>)["Name"] : undefined;
  return typeof tag === "string" && !tag.includes("${") ? tag : (resource.text("name") ?? resource.address);
}
