import { randomUUID } from "node:crypto";
import type { Call, Forward } from "../../call";
import { elements, listed, query, tagged } from "../../query";
import { type JsonObject, listOf, objectOf, textOf } from "../../response";
import { IMAGE } from "../public-parameters";

/** A node group, as the instances of its Auto Scaling group need it. */
export interface ScalingGroupProps {
  readonly cluster: string;
  readonly nodeGroup: string;
  /** Name of the Auto Scaling group, which MiniStack has invented. */
  readonly name: string;
  /** Security group of the cluster. */
  readonly securityGroup: string;
  /** The request that creates the node group. */
  readonly request: JsonObject;
}

/** Type of instances whose node group specifies none. */
const DEFAULT_TYPE = "t3.medium";

/**
 * Creates the Auto Scaling group of a managed node group and its launch template, as EKS does; MiniStack has only its name. Returns
 * the id of the launch template; `undefined` if it could not be created.
 */
export async function createScalingGroup(
  call: Call,
  forward: Forward,
  props: ScalingGroupProps,
): Promise<string | undefined> {
  const { cluster, nodeGroup, name, request } = props;
  if (name === "") return undefined;
  const template = await createTemplate(call, forward, props);
  if (template === undefined) return undefined;
  const created = await query(forward, call, "autoscaling", "CreateAutoScalingGroup", {
    AutoScalingGroupName: name,
    "LaunchTemplate.LaunchTemplateId": template,
    "LaunchTemplate.Version": "1",
    ...(await placement(call, forward, listOf(request["subnets"]).map(textOf))),
    ...sizes(request),
    ...tagged("Tags.member", {
      "eks:cluster-name": cluster,
      "eks:nodegroup-name": nodeGroup,
      [`kubernetes.io/cluster/${cluster}`]: "owned",
    }),
  });
  if (created.status < 300) return template;
  await query(forward, call, "ec2", "DeleteLaunchTemplate", { LaunchTemplateId: template });
  return undefined;
}

/** Changes the bounds and the number of instances. */
export async function resizeScalingGroup(
  call: Call,
  forward: Forward,
  name: string,
  settings: JsonObject,
): Promise<void> {
  await query(forward, call, "autoscaling", "UpdateAutoScalingGroup", {
    AutoScalingGroupName: name,
    ...sizes(settings),
  });
}

/** The number of instances that the group should have, which the autoscaler changes without EKS; `undefined` without a group. */
export async function desiredCapacity(call: Call, forward: Forward, name: string): Promise<number | undefined> {
  const found = await query(forward, call, "autoscaling", "DescribeAutoScalingGroups", {
    "AutoScalingGroupNames.member.1": name,
  });
  const [capacity] = elements(found, "DesiredCapacity");
  return capacity === undefined ? undefined : Number(capacity);
}

/** Deletes the group, its instances and its launch template. */
export async function deleteScalingGroup(call: Call, forward: Forward, name: string, template: string): Promise<void> {
  await query(forward, call, "autoscaling", "DeleteAutoScalingGroup", {
    AutoScalingGroupName: name,
    ForceDelete: "true",
  });
  await query(forward, call, "ec2", "DeleteLaunchTemplate", { LaunchTemplateId: template });
}

function sizes({ scalingConfig }: JsonObject): Readonly<Record<string, string>> {
  const names = { minSize: "MinSize", maxSize: "MaxSize", desiredSize: "DesiredCapacity" } as const;
  const settings = objectOf(scalingConfig);
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) =>
      settings[key] === undefined ? [] : [[name, String(settings[key])]],
    ),
  );
}

/** The subnets of the group. EKS in MiniStack accepts those that exist only in a user's account: the instances are then in a default subnet. */
async function placement(
  call: Call,
  forward: Forward,
  subnets: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const found = await query(forward, call, "ec2", "DescribeSubnets", listed("SubnetId", subnets));
  return subnets.length > 0 && found.status < 300
    ? { VPCZoneIdentifier: subnets.join(",") }
    : { "AvailabilityZones.member.1": `${call.region}a` };
}

/** EKS copies the launch template of the node group, and adds image, type, security group and tags. */
async function createTemplate(
  call: Call,
  forward: Forward,
  { cluster, nodeGroup, securityGroup, request }: ScalingGroupProps,
): Promise<string | undefined> {
  const own = await ownTemplate(call, forward, objectOf(request["launchTemplate"]));
  const [type = own.type ?? DEFAULT_TYPE] = listOf(request["instanceTypes"]).map(textOf);
  const groups = own.groups.length > 0 ? own.groups : [securityGroup].filter((group) => group !== "");
  const created = await query(forward, call, "ec2", "CreateLaunchTemplate", {
    LaunchTemplateName: `eks-${randomUUID()}`,
    "LaunchTemplateData.ImageId": IMAGE,
    "LaunchTemplateData.InstanceType": type,
    ...listed("LaunchTemplateData.SecurityGroupId", groups),
    "LaunchTemplateData.TagSpecification.1.ResourceType": "instance",
    ...tagged("LaunchTemplateData.TagSpecification.1.Tag", {
      ...own.tags,
      "eks:cluster-name": cluster,
      "eks:nodegroup-name": nodeGroup,
      [`kubernetes.io/cluster/${cluster}`]: "owned",
    }),
    "TagSpecification.1.ResourceType": "launch-template",
    ...tagged("TagSpecification.1.Tag", { "eks:cluster-name": cluster, "eks:nodegroup-name": nodeGroup }),
  });
  return elements(created, "launchTemplateId")[0];
}

interface OwnTemplate {
  readonly type: string | undefined;
  readonly groups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The settings of the launch template that the request refers to. */
async function ownTemplate(call: Call, forward: Forward, { id, version }: JsonObject): Promise<OwnTemplate> {
  const none = { type: undefined, groups: [], tags: {} };
  if (textOf(id) === "") return none;
  const found = await query(forward, call, "ec2", "DescribeLaunchTemplateVersions", {
    LaunchTemplateId: textOf(id),
    ...listed("LaunchTemplateVersion", [textOf(version) === "" ? "$Default" : textOf(version)]),
  });
  if (found.status >= 300) return none;
  const xml = found.body.toString();
  const groups = /<securityGroupIdSet>(.*?)<\/securityGroupIdSet>/s.exec(xml)?.[1] ?? "";
  const tagSets = xml.matchAll(/<resourceType>instance<\/resourceType>\s*<tagSet>(.*?)<\/tagSet>/gs);
  const tags = [...tagSets].flatMap(([, set = ""]) =>
    [...set.matchAll(/<key>([^<]*)<\/key>\s*<value>([^<]*)<\/value>/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  return {
    type: elements(found, "instanceType")[0],
    groups: [...groups.matchAll(/<item>([^<]+)<\/item>/g)].map(([, group = ""]) => group),
    tags: Object.fromEntries(tags) as Record<string, string>,
  };
}
