import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { errorMessage } from "../program/error-message";
import { AWS_CHECKS } from "./aws/checks";
import { awsCloud } from "./aws/cloud";
import { awsReason } from "./aws/reason";
import { type Finding, type Results, runChecks } from "./check";
import { nhnChecks } from "./nhn/checks";
import type { RaisedQuotas } from "./nhn/vpc-quotas";
import { OPENSTACK_CHECKS } from "./openstack/checks";
import { type Connection, connectionOf, isV2, logIn } from "./openstack/credentials";
import { OpenStackSession } from "./openstack/session";
import { Plan, type PlannedStack } from "./plan";
import { References } from "./references";

type Texts = Readonly<Record<string, string | undefined>>;
type Provider = Readonly<Record<string, unknown>>;

/** A cloud, and the stacks that are deployed to it: with the same address, region and project or account. */
export interface Cloud {
  /** Name for the report: `RegionOne of https://…/v3`. */
  readonly name: string;
  readonly stacks: readonly PlannedStack[];
  /** Compares the stacks with the cloud. */
  readonly check: () => Promise<Results>;
}

/** What the comparison depends on. */
export interface CloudsProps {
  readonly stacks: readonly PlannedStack[];
  /** Environment variables: credentials and Terraform variables. */
  readonly env: Texts;
  /** Address of a local cloud. @default - AWS */
  readonly endpoint: string | undefined;
  /** Quotas that NHN Cloud has raised. */
  readonly raised: RaisedQuotas;
}

/** A provider of a stack, with its arguments resolved. */
interface StackProvider {
  readonly stack: PlannedStack;
  readonly settings: Texts;
}

/** The clouds that stacks are deployed to. Stacks of other providers alone, such as Kubernetes, are in none. */
export function cloudsOf(props: CloudsProps): readonly Cloud[] {
  return [...openStackClouds(props), ...awsClouds(props)];
}

function openStackClouds({ stacks, env, raised }: CloudsProps): readonly Cloud[] {
  const providers = stacks.flatMap((stack) => providersOf(stack, "openstack", env));
  const connections = providers.map(({ stack, settings }) => ({ stack, connection: connectionOf(settings, env) }));
  return groupBy(connections, ({ connection }) => JSON.stringify(connection)).map((group) => {
    const connection = group[0]?.connection ?? connectionOf({}, env);
    const planned = group.map(({ stack }) => stack);
    const name = openStackName(connection);
    return { name, stacks: planned, check: () => checkOpenStack(connection, planned, env, raised) };
  });
}

async function checkOpenStack(
  connection: Connection,
  stacks: readonly PlannedStack[],
  env: Texts,
  raised: RaisedQuotas,
): Promise<Results> {
  const token = await loggedIn(logIn(connection));
  if ("problems" in token) return token;
  const session = new OpenStackSession(token, connection.region);
  const checks = isV2(connection) ? nhnChecks(raised) : OPENSTACK_CHECKS;
  return runChecks(checks, new Plan(stacks, env), session, (error) =>
    error instanceof Error ? error.message : String(error),
  );
}

function openStackName({ authUrl = "", region }: Connection): string {
  return region === undefined ? authUrl : `${region} of ${authUrl}`;
}

function awsClouds({ stacks, env, endpoint }: CloudsProps): readonly Cloud[] {
  const providers = stacks.flatMap((stack) => providersOf(stack, "aws", env));
  return groupBy(providers, ({ settings }) => settings["region"] ?? "").map((group) => {
    const region = group[0]?.settings["region"] ?? env["AWS_REGION"] ?? "us-east-1";
    const planned = group.map(({ stack }) => stack);
    const name = endpoint === undefined ? `AWS ${region}` : `${region} of the local cloud`;
    return { name, stacks: planned, check: () => checkAws(region, planned, env, endpoint) };
  });
}

async function checkAws(
  region: string,
  stacks: readonly PlannedStack[],
  env: Texts,
  endpoint: string | undefined,
): Promise<Results> {
  const session = new AwsSession(region, endpoint);
  try {
    const cloud = await loggedIn(awsCloud(session));
    if ("problems" in cloud) return cloud;
    const plan = new Plan(stacks, { ...env, aws_caller_identity: cloud.account });
    const results = await runChecks(AWS_CHECKS, plan, cloud, awsReason);
    return { ...results, problems: [...accountProblems(stacks, cloud.account), ...results.problems] };
  } finally {
    session.destroy();
  }
}

/** A session, or the problem that there is none: the deployment would fail as well, and other clouds can be compared. */
async function loggedIn<T extends object>(session: Promise<T>): Promise<T | Results> {
  try {
    return await session;
  } catch (error) {
    const [needed, fix] = ["credentials", "log in as for the deployment"];
    return { problems: [{ check: "log-in", needed, available: errorMessage(error), fix }], notChecked: [], passed: [] };
  }
}

/** A problem for each stack whose provider accepts other accounts only. */
export function accountProblems(stacks: readonly PlannedStack[], account: string): readonly Finding[] {
  const ids = stacks.flatMap(({ stack }) => {
    const allowed = blocksOf(stack, "aws").flatMap(
      (block) => (block["allowed_account_ids"] ?? []) as readonly string[],
    );
    return allowed.length === 0 || allowed.includes(account) ? [] : [{ id: stack.id, allowed }];
  });
  return [...new Map(ids.map((each) => [each.id, each])).values()].map(({ id, allowed }) => ({
    check: "account",
    needed: `account ${[...new Set(allowed)].join(" or ")} for ${id}`,
    available: `the credentials are of ${account}`,
    fix: "log in to that account, or change the account in the environment file",
  }));
}

/** Each provider of a type in a stack, with the part of the stack that it creates. */
function providersOf({ stack, deployed }: PlannedStack, type: string, env: Texts): readonly StackProvider[] {
  const references = new References(stack, deployed, env);
  return blocksOf(stack, type).map((block) => ({
    stack: { stack: partOf(stack, type, block["alias"]), deployed },
    settings: Object.fromEntries(Object.entries(block).map(([name, value]) => [name, references.resolve(value)])),
  }));
}

/** The provider blocks of a type. */
function blocksOf({ json }: PlannedStack["stack"], type: string): readonly Provider[] {
  return (json["provider"] as Readonly<Record<string, readonly Provider[]>> | undefined)?.[type] ?? [];
}

/** A stack without the resources and data sources that another provider of the type manages. */
function partOf(
  stack: Pick<SynthesizedStack, "id" | "json">,
  type: string,
  alias: unknown,
): Pick<SynthesizedStack, "id" | "json"> {
  const isOwn = (blockType: string, { provider }: Provider): boolean => {
    const isOfType = typeof provider === "string" ? provider.startsWith(`${type}.`) : blockType.startsWith(`${type}_`);
    if (!isOfType) return alias === undefined;
    return provider === (alias === undefined ? undefined : `${type}.${String(alias)}`);
  };
  const filtered = (kind: "resource" | "data") => {
    const types = Object.entries((stack.json[kind] as Record<string, Record<string, Provider>> | undefined) ?? {});
    return Object.fromEntries(
      types.map(([blockType, blocks]) => [
        blockType,
        Object.fromEntries(Object.entries(blocks).filter(([, block]) => isOwn(blockType, block))),
      ]),
    );
  };
  return { id: stack.id, json: { ...stack.json, resource: filtered("resource"), data: filtered("data") } };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
