import {
  DescribeInstancesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
} from "@aws-sdk/client-ec2";
import type { Instance, SecurityGroup, Tag, Volume } from "@aws-sdk/client-ec2";
import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { CREDENTIALS } from "@groundwork/local/aws/account";
import type { Clients } from "@groundwork/local/aws/clients";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import {
  actionsInWords,
  backupBuckets,
  backupsInWords,
  handedOver,
  machineInWords,
  machinePolicies,
  volumeInWords,
  waysInWords,
} from "./expected";

/** What the cloud's API says about a stack's machines: found by tags, asked one by one. */
export async function foundMachines(clients: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  if (stack.resources("aws_instance").size === 0) return rightFacts(clients, stack);
  const tagged = [{ Name: "tag:Stack", Values: [stack.id] }];
  const running = [...tagged, { Name: "instance-state-name", Values: ["pending", "running"] }];
  const { Reservations = [] } = await clients.ec2.send(new DescribeInstancesCommand({ Filters: running }));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  const { Volumes = [] } = await clients.ec2.send(new DescribeVolumesCommand({}));
  const { SecurityGroups = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({ Filters: tagged }));
  return [
    ...instances.map((instance) => machineFact(instance, Volumes)),
    ...volumeFacts(instances, Volumes),
    ...(await portFacts(
      clients,
      SecurityGroups.filter(({ Tags }) => nameIn(Tags) !== ""),
    )),
    ...(await rightFacts(clients, stack)),
    ...(await backupFacts(clients, stack)),
    ...(await parameterFacts(clients, stack)),
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
  return { subject: `machine ${nameIn(Tags)}`, is: machineInWords(InstanceType, metadata, { encrypted }) };
}

/** Volumes beside the disks that machines begin with. */
function volumeFacts(instances: readonly Instance[], volumes: readonly Volume[]): readonly Fact[] {
  return volumes.flatMap(({ Attachments = [], Encrypted, Size = 0, Tags, VolumeType = "" }) => {
    const [{ Device = "", InstanceId = "" } = {}] = Attachments;
    const machine = instances.find((one) => one.InstanceId === InstanceId);
    if (machine === undefined || machine.RootDeviceName === Device) return [];
    const words = { gibibytes: Size, type: VolumeType, encrypted: Encrypted === true, device: Device };
    return [{ subject: `volume ${nameIn(Tags)}`, is: volumeInWords({ ...words, machine: nameIn(machine.Tags) }) }];
  });
}

function portFacts({ ec2 }: Clients, groups: readonly SecurityGroup[]): Promise<readonly Fact[]> {
  const nameOf = (id: string | undefined) => nameIn(groups.find(({ GroupId }) => GroupId === id)?.Tags);
  return Promise.all(
    groups.map(async ({ GroupId = "", Tags }) => {
      const Filters = [{ Name: "group-id", Values: [GroupId] }];
      const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
      const ways = SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true).map(
        ({ FromPort, CidrIpv4, ReferencedGroupInfo }) =>
          `${FromPort ?? -1} from ${CidrIpv4 ?? nameOf(ReferencedGroupInfo?.GroupId)}`,
      );
      return { subject: `ways in of ${nameIn(Tags)}`, is: waysInWords(ways) };
    }),
  );
}

function rightFacts({ iam }: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  return Promise.all(
    machinePolicies(stack).map(async ({ role, name }) => {
      const asked = new GetRolePolicyCommand({ RoleName: role, PolicyName: name });
      const { PolicyDocument = "" } = await iam.send(asked);
      return { subject: `rights of ${role} by ${name}`, is: actionsInWords(decodeURIComponent(PolicyDocument)) };
    }),
  );
}

async function backupFacts({ s3 }: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const facts = [...backupBuckets(stack).values()].map(async (prefix) => {
    const Bucket = Buckets.find(({ Name = "" }) => Name.startsWith(prefix))?.Name;
    if (Bucket === undefined) return [];
    const { Status = "off" } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const days = Rules.map(({ Expiration }) => Expiration?.Days).find((one) => one !== undefined);
    return [{ subject: `bucket ${prefix}…`, is: backupsInWords(Status, days) }];
  });
  return (await Promise.all(facts)).flat();
}

async function parameterFacts({ endpoint, region }: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_ssm_parameter").values()].map((block) => textArgument(block, "name"));
  const secret = handedOver(stack);
  const ssm = new SSMClient({ endpoint, region, credentials: CREDENTIALS });
  const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names: [...own, ...secret] }));
  ssm.destroy();
  const typeOf = (name: string) => Parameters.find(({ Name }) => Name === name)?.Type;
  return [
    ...own.flatMap((name) => {
      const type = typeOf(name);
      return type === undefined ? [] : [{ subject: `parameter ${name}`, is: type }];
    }),
    // No machine runs in the local cloud, so nobody but Terraform could have made it.
    ...secret.map((name) => ({ subject: `parameter ${name}`, is: typeOf(name) ?? "not Terraform's" })),
  ];
}

function nameIn(tags: readonly Tag[] = []): string {
  return tags.find(({ Key }) => Key === "Name")?.Value ?? "";
}
