import {
  CloudWatchLogsClient,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  ECRClient,
  ListTagsForResourceCommand as ListTagsOfRepositoryCommand,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import {
  GetInstanceProfileCommand,
  IAMClient,
  ListRoleTagsCommand,
  paginateListInstanceProfiles,
  paginateListRoles,
} from "@aws-sdk/client-iam";
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { defined } from "@groundwork/constructs/core";
import type { AwsSession } from "../aws/aws-session";
import { allItems } from "../aws/pages";
import { tagRecord } from "../aws/tags";
import type { CloudObject } from "./cloud-object";
import { ec2Objects } from "./ec2-objects";
import { hasTags, type Tags } from "./identifying-tags";

/** The cloud's API in one region and account. */
export interface Inventory {
  readonly session: AwsSession;
  readonly region: string;
  readonly account: string;
}

/**
 * All resources of a region that have the tags.
 *
 * AWS's tagging service covers most services. EC2, IAM, log groups and image repositories are listed by their own APIs, because
 * the tagging service omits some EC2 and IAM resources, and the emulators omit the others.
 */
export async function taggedObjects(cloud: Inventory, tags: Tags): Promise<readonly CloudObject[]> {
  const found = await Promise.all([
    ec2(cloud),
    roles(cloud),
    instanceProfiles(cloud),
    repositories(cloud),
    logGroups(cloud),
    otherServices(cloud, tags),
  ]);
  return found.flat().filter((object) => hasTags(object.tags, tags));
}

async function ec2(cloud: Inventory): Promise<CloudObject[]> {
  return (await ec2Objects(cloud.session)).map(({ kind, id = "", tags, parent }) => {
    const arn = `arn:aws:ec2:${cloud.region}:${cloud.account}:${kind.replace(/(in|e)gress-rule$/, "rule")}/${id}`;
    return { kind: `ec2:${kind}`, id, arn, ...locationOf(cloud), tags: tagRecord(tags), ...defined({ parent }) };
  });
}

async function roles(cloud: Inventory): Promise<CloudObject[]> {
  const client = cloud.session.client(IAMClient);
  const found: CloudObject[] = [];
  for (const { RoleName = "", Arn = "", Path = "" } of await allItems(
    paginateListRoles({ client }, {}),
    (p) => p.Roles,
  )) {
    // Service-linked roles cannot be tagged.
    if (Path.startsWith("/aws-service-role/")) continue;
    const { Tags } = await client.send(new ListRoleTagsCommand({ RoleName }));
    found.push({ kind: "iam:role", id: RoleName, arn: Arn, ...locationOf(cloud), tags: tagRecord(Tags) });
  }
  return found;
}

async function instanceProfiles(cloud: Inventory): Promise<CloudObject[]> {
  const client = cloud.session.client(IAMClient);
  const profiles = await allItems(paginateListInstanceProfiles({ client }, {}), (page) => page.InstanceProfiles);
  const found: CloudObject[] = [];
  for (const { InstanceProfileName = "", Arn = "" } of profiles) {
    // The list does not contain tags.
    const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
    const tags = tagRecord(InstanceProfile?.Tags);
    found.push({ kind: "iam:instance-profile", id: InstanceProfileName, arn: Arn, ...locationOf(cloud), tags });
  }
  return found;
}

async function repositories(cloud: Inventory): Promise<CloudObject[]> {
  const client = cloud.session.client(ECRClient);
  const found: CloudObject[] = [];
  const all = await allItems(paginateDescribeRepositories({ client }, {}), (page) => page.repositories);
  for (const { repositoryName: id = "", repositoryArn: arn = "" } of all) {
    const { tags } = await client.send(new ListTagsOfRepositoryCommand({ resourceArn: arn }));
    found.push({ kind: "ecr:repository", id, arn, ...locationOf(cloud), tags: tagRecord(tags) });
  }
  return found;
}

async function logGroups(cloud: Inventory): Promise<CloudObject[]> {
  const client = cloud.session.client(CloudWatchLogsClient);
  const found: CloudObject[] = [];
  const groups = await allItems(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
  for (const { logGroupName: id = "", arn: pattern = "" } of groups) {
    const arn = pattern.replace(/:\*$/, "");
    const { tags = {} } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    found.push({ kind: "logs:log-group", id, arn, ...locationOf(cloud), tags });
  }
  return found;
}

/** ARNs of the services that are listed by their own APIs. */
const LISTED_SEPARATELY = /^arn:[\w-]+:(ec2:|ecr:|logs:|iam::\d+:(role|instance-profile)\/)/;

async function otherServices(cloud: Inventory, tags: Tags): Promise<CloudObject[]> {
  const client = cloud.session.client(ResourceGroupsTaggingAPIClient);
  const filter = { TagFilters: Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] })) };
  const resources = await allItems(paginateGetResources({ client }, filter), (page) => page.ResourceTagMappingList);
  return resources
    .filter(({ ResourceARN = "" }) => !LISTED_SEPARATELY.test(ResourceARN))
    .map(({ ResourceARN = "", Tags }) => ({ ...parseArn(ResourceARN), ...locationOf(cloud), tags: tagRecord(Tags) }));
}

/** Kind and id of an ARN: `arn:aws:kms:r:a:key/1` is the `kms:key` `1`; a bucket's ARN contains its name only. */
export function parseArn(arn: string): Pick<CloudObject, "arn" | "kind" | "id"> {
  const [, , service = "", , , ...rest] = arn.split(":");
  const name = rest.join(":");
  const [, type, id] = /^([\w-]+)[/:](.+)$/.exec(name) ?? [];
  if (service === "s3" || type === undefined || id === undefined)
    return { arn, kind: `${service}:${service === "s3" ? "bucket" : name}`, id: name };
  // The name of a parameter with slashes starts with a slash that the ARN omits.
  const prefix = service === "ssm" && id.includes("/") ? "/" : "";
  return { arn, kind: `${service}:${type}`, id: `${prefix}${id}` };
}

function locationOf({ region, account }: Inventory): Pick<CloudObject, "region" | "account"> {
  return { region, account };
}
