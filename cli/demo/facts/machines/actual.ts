import {
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeVolumes,
  type SecurityGroup,
  type Volume,
} from "@aws-sdk/client-ec2";
import { GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  paginateListBuckets,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../../../aws/aws-session";
import { allItems } from "../../../aws/pages";
import { nameTag } from "../../../aws/tags";
import type { Fact } from "../fact";
import { backupBuckets, machinePolicies, tokenParameters } from "./expected";
import { actionsSummary, backupSummary, ingressSummary, machineSummary, NOT_MANAGED, volumeSummary } from "./summary";

/** The machines of a stack from AWS's API, found by the tag `Stack`. */
export async function actualMachines(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  if (stack.resources("aws_instance").size === 0) return permissionFacts(session, stack);
  const config = { client: session.client(EC2Client) };
  const tagged = [{ Name: "tag:Stack", Values: [stack.id] }];
  const running = [...tagged, { Name: "instance-state-name", Values: ["pending", "running"] }];
  const instances = (
    await allItems(paginateDescribeInstances(config, { Filters: running }), (page) => page.Reservations)
  ).flatMap(({ Instances = [] }) => Instances);
  const volumes = await allItems(paginateDescribeVolumes(config, {}), (page) => page.Volumes);
  const groups = await allItems(
    paginateDescribeSecurityGroups(config, { Filters: tagged }),
    (page) => page.SecurityGroups,
  );
  const named = groups.filter(({ Tags }) => nameTag(Tags) !== "");
  return [
    ...instances.map((instance) => machineFact(instance, volumes)),
    ...volumeFacts(instances, volumes),
    ...(await ingressFacts(session, named)),
    ...(await permissionFacts(session, stack)),
    ...(await backupFacts(session, stack)),
    ...(await parameterFacts(session, stack)),
  ];
}

function machineFact(instance: Instance, volumes: readonly Volume[]): Fact {
  const { InstanceType = "", MetadataOptions, RootDeviceName, BlockDeviceMappings = [], Tags } = instance;
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId;
  const metadata = {
    http_tokens: MetadataOptions?.HttpTokens,
    http_put_response_hop_limit: MetadataOptions?.HttpPutResponseHopLimit,
  };
  const encrypted = volumes.find(({ VolumeId }) => VolumeId === root)?.Encrypted === true;
  return { subject: `machine ${nameTag(Tags)}`, value: machineSummary(InstanceType, metadata, { encrypted }) };
}

/** Data volumes: all attached volumes except root volumes. */
function volumeFacts(instances: readonly Instance[], volumes: readonly Volume[]): readonly Fact[] {
  return volumes.flatMap(({ Attachments = [], Encrypted, Size = 0, Tags, VolumeType = "" }) => {
    const [{ Device = "", InstanceId = "" } = {}] = Attachments;
    const machine = instances.find((instance) => instance.InstanceId === InstanceId);
    if (machine === undefined || machine.RootDeviceName === Device) return [];
    const value = volumeSummary({
      gibibytes: Size,
      type: VolumeType,
      encrypted: Encrypted === true,
      device: Device,
      machine: nameTag(machine.Tags),
    });
    return [{ subject: `volume ${nameTag(Tags)}`, value }];
  });
}

function ingressFacts(session: AwsSession, groups: readonly SecurityGroup[]): Promise<readonly Fact[]> {
  const config = { client: session.client(EC2Client) };
  const nameOf = (id: string | undefined) => nameTag(groups.find(({ GroupId }) => GroupId === id)?.Tags);
  return Promise.all(
    groups.map(async ({ GroupId = "", Tags }) => {
      const Filters = [{ Name: "group-id", Values: [GroupId] }];
      const pages = paginateDescribeSecurityGroupRules(config, { Filters });
      const rules = (await allItems(pages, (page) => page.SecurityGroupRules))
        .filter(({ IsEgress }) => IsEgress !== true)
        .map(
          ({ FromPort = -1, CidrIpv4, ReferencedGroupInfo }) =>
            `${FromPort} from ${CidrIpv4 ?? nameOf(ReferencedGroupInfo?.GroupId)}`,
        );
      return { subject: `ingress of ${nameTag(Tags)}`, value: ingressSummary(rules) };
    }),
  );
}

function permissionFacts(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const iam = session.client(IAMClient);
  return Promise.all(
    machinePolicies(stack).map(async ({ role, name }) => {
      const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: name }));
      return {
        subject: `permissions of ${role} in ${name}`,
        value: actionsSummary(decodeURIComponent(PolicyDocument)),
      };
    }),
  );
}

async function backupFacts(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const s3 = session.client(S3Client);
  const buckets = await allItems(paginateListBuckets({ client: s3 }, {}), (page) => page.Buckets);
  const facts = [...backupBuckets(stack).values()].map(async (prefix) => {
    const Bucket = buckets.find(({ Name = "" }) => Name.startsWith(prefix))?.Name;
    if (Bucket === undefined) return [];
    const { Status = "off" } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const days = Rules.map(({ Expiration }) => Expiration?.Days).find((one) => one !== undefined);
    return [{ subject: `bucket ${prefix}…`, value: backupSummary(Status, days) }];
  });
  return (await Promise.all(facts)).flat();
}

async function parameterFacts(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_ssm_parameter").values()].map((block) => textArgument(block, "name"));
  const tokens = tokenParameters(stack);
  const { Parameters = [] } = await session
    .client(SSMClient)
    .send(new GetParametersCommand({ Names: [...own, ...tokens] }));
  const typeOf = (name: string) => Parameters.find(({ Name }) => Name === name)?.Type;
  return [
    ...own.flatMap((name) => {
      const type = typeOf(name);
      return type === undefined ? [] : [{ subject: `parameter ${name}`, value: type }];
    }),
    // The local cloud runs no machines, so an existing parameter would be Terraform's.
    ...tokens.map((name) => ({ subject: `parameter ${name}`, value: typeOf(name) ?? NOT_MANAGED })),
  ];
}
