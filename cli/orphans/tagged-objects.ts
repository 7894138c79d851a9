import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ListTagsForResourceCommand, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2Client, Tag } from "@aws-sdk/client-ec2";
import type { ECRClient } from "@aws-sdk/client-ecr";
import {
  ListTagsForResourceCommand as ListTagsOfRepositoryCommand,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import type { IAMClient } from "@aws-sdk/client-iam";
import {
  GetInstanceProfileCommand,
  ListRoleTagsCommand,
  paginateListInstanceProfiles,
  paginateListRoles,
} from "@aws-sdk/client-iam";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { paginateGetResources } from "@aws-sdk/client-resource-groups-tagging-api";
import type { CloudObject } from "./cloud-object";
import { ec2Objects } from "./ec2-objects";

/** Who is asked. */
export interface Inventory {
  readonly region: string;
  readonly account: string;
  readonly ec2: EC2Client;
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/**
 * Everything in a region that carries an environment's tag.
 *
 * AWS's tagging service knows most services; EC2, IAM, log groups and image repositories are asked themselves, because
 * that service leaves out parts of the first two, and the emulators all of the others.
 */
export async function taggedObjects(cloud: Inventory, environment: string): Promise<readonly CloudObject[]> {
  const found = await Promise.all([
    machinesAndNetworks(cloud, environment),
    roles(cloud, environment),
    instanceProfiles(cloud, environment),
    repositories(cloud, environment),
    logGroups(cloud, environment),
    everythingElse(cloud, environment),
  ]);
  return found.flat();
}

async function machinesAndNetworks(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  return (await ec2Objects(cloud.ec2)).flatMap(({ kind, id = "", tags, parent }) => {
    const own = record(tags);
    if (own["Environment"] !== environment) return [];
    const arn = `arn:aws:ec2:${cloud.region}:${cloud.account}:${kind.replace(/(in|e)gress-rule$/, "rule")}/${id}`;
    return [{ kind: `ec2:${kind}`, id, arn, ...where(cloud), tags: own, ...(parent === undefined ? {} : { parent }) }];
  });
}

async function roles(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  const found: CloudObject[] = [];
  for await (const page of paginateListRoles({ client: cloud.iam }, {}))
    for (const { RoleName = "", Arn = "", Path = "" } of page.Roles ?? []) {
      // AWS's own roles cannot be tagged by anybody.
      if (Path.startsWith("/aws-service-role/")) continue;
      const { Tags } = await cloud.iam.send(new ListRoleTagsCommand({ RoleName }));
      const tags = record(Tags);
      if (tags["Environment"] === environment)
        found.push({ kind: "iam:role", id: RoleName, arn: Arn, ...where(cloud), tags });
    }
  return found;
}

async function instanceProfiles(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  const found: CloudObject[] = [];
  for await (const page of paginateListInstanceProfiles({ client: cloud.iam }, {}))
    for (const { InstanceProfileName = "", Arn = "" } of page.InstanceProfiles ?? []) {
      // The list itself leaves tags out.
      const { InstanceProfile } = await cloud.iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
      const tags = record(InstanceProfile?.Tags);
      if (tags["Environment"] === environment)
        found.push({ kind: "iam:instance-profile", id: InstanceProfileName, arn: Arn, ...where(cloud), tags });
    }
  return found;
}

async function repositories(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  const found: CloudObject[] = [];
  for await (const page of paginateDescribeRepositories({ client: cloud.ecr }, {}))
    for (const { repositoryName = "", repositoryArn = "" } of page.repositories ?? []) {
      const answer = await cloud.ecr.send(new ListTagsOfRepositoryCommand({ resourceArn: repositoryArn }));
      const tags = record(answer.tags);
      if (tags["Environment"] === environment)
        found.push({ kind: "ecr:repository", id: repositoryName, arn: repositoryArn, ...where(cloud), tags });
    }
  return found;
}

async function logGroups(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  const found: CloudObject[] = [];
  for await (const page of paginateDescribeLogGroups({ client: cloud.logs }, {}))
    for (const { logGroupName = "", arn = "" } of page.logGroups ?? []) {
      const resourceArn = arn.replace(/:\*$/, "");
      const { tags = {} } = await cloud.logs.send(new ListTagsForResourceCommand({ resourceArn }));
      if (tags["Environment"] === environment)
        found.push({ kind: "logs:log-group", id: logGroupName, arn: resourceArn, ...where(cloud), tags });
    }
  return found;
}

const ASKED_THEMSELVES = /^arn:[\w-]+:(ec2:|ecr:|logs:|iam::\d+:(role|instance-profile)\/)/;

async function everythingElse(cloud: Inventory, environment: string): Promise<CloudObject[]> {
  const found: CloudObject[] = [];
  const filter = { TagFilters: [{ Key: "Environment", Values: [environment] }] };
  for await (const page of paginateGetResources({ client: cloud.tagging }, filter))
    for (const { ResourceARN = "", Tags } of page.ResourceTagMappingList ?? [])
      if (!ASKED_THEMSELVES.test(ResourceARN))
        found.push({ ...named(ResourceARN), ...where(cloud), tags: record(Tags) });
  return found;
}

/** Kind and id of an ARN: `arn:aws:kms:r:a:key/1` is a `kms:key` called `1`; a bucket's ARN is its name alone. */
export function named(arn: string): Pick<CloudObject, "arn" | "kind" | "id"> {
  const [, , service = "", , , ...rest] = arn.split(":");
  const name = rest.join(":");
  const [, type, id] = /^([\w-]+)[/:](.+)$/.exec(name) ?? [];
  if (service === "s3" || type === undefined || id === undefined)
    return { arn, kind: `${service}:${service === "s3" ? "bucket" : name}`, id: name };
  // A parameter with slashes in its name begins with one, which the ARN leaves out.
  const left = service === "ssm" && id.includes("/") ? "/" : "";
  return { arn, kind: `${service}:${type}`, id: `${left}${id}` };
}

function where({ region, account }: Inventory): Pick<CloudObject, "region" | "account"> {
  return { region, account };
}

function record(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
