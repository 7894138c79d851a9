import { ECRClient, paginateDescribeRepositories } from "@aws-sdk/client-ecr";
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  paginateListAddons,
  paginateListClusters,
  paginateListNodegroups,
} from "@aws-sdk/client-eks";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../../../aws/aws-session";
import { allItems } from "../../../aws/pages";
import type { Fact } from "../fact";
import { clusterNamesOf } from "./expected";
import { clusterSummary, nodeGroupSummary, repositorySummary } from "./summary";

/** The clusters of a stack, their node groups and add-ons, and the stack's image repositories, from AWS's API. */
export async function actualCluster(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const eks = session.client(EKSClient);
  const clusters = await allItems(paginateListClusters({ client: eks }, {}), (page) => page.clusters);
  const ownsClusters = stack.resources("aws_eks_cluster").size > 0;
  const facts = clusters
    .filter((name) => clusterNamesOf(stack).includes(name))
    .map(async (name) => [
      ...(ownsClusters ? [await clusterFact(eks, name), ...(await nodeGroupFacts(eks, name))] : []),
      ...(await addonFacts(eks, stack, name)),
    ]);
  return [...(await Promise.all(facts)).flat(), ...(await repositoryFacts(session, stack))];
}

async function clusterFact(eks: EKSClient, name: string): Promise<Fact> {
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  const { endpointPrivateAccess, endpointPublicAccess } = cluster?.resourcesVpcConfig ?? {};
  const endpoints = [
    ...(endpointPrivateAccess === true ? ["private"] : []),
    ...(endpointPublicAccess === true ? ["public"] : []),
  ];
  const logs = (cluster?.logging?.clusterLogging ?? [])
    .filter(({ enabled }) => enabled)
    .flatMap(({ types = [] }) => types);
  return { subject: `cluster ${name}`, value: clusterSummary(cluster?.version ?? "", endpoints, logs.length) };
}

async function nodeGroupFacts(eks: EKSClient, clusterName: string): Promise<readonly Fact[]> {
  const groups = await allItems(paginateListNodegroups({ client: eks }, { clusterName }), (page) => page.nodegroups);
  return Promise.all(
    groups.map(async (nodegroupName) => {
      const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
      const { minSize: min, desiredSize: desired, maxSize: max } = nodegroup?.scalingConfig ?? {};
      const value = nodeGroupSummary({ min, desired, max }, nodegroup?.instanceTypes ?? []);
      return { subject: `node group ${nodegroupName}`, value };
    }),
  );
}

/** Two stacks create add-ons of the same cluster; only those of the given stack count. */
async function addonFacts(eks: EKSClient, stack: SynthesizedStack, clusterName: string): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_eks_addon").values()].map((addon) => textArgument(addon, "addon_name"));
  const addons = await allItems(paginateListAddons({ client: eks }, { clusterName }), (page) => page.addons);
  return Promise.all(
    addons
      .filter((name) => own.includes(name))
      .map(async (addonName) => {
        const { addon } = await eks.send(new DescribeAddonCommand({ clusterName, addonName }));
        return { subject: `add-on ${addonName}`, value: addon?.status ?? "" };
      }),
  );
}

async function repositoryFacts(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_ecr_repository").values()].map((block) => textArgument(block, "name"));
  const client = session.client(ECRClient);
  const repositories = await allItems(paginateDescribeRepositories({ client }, {}), (page) => page.repositories);
  return repositories
    .filter(({ repositoryName = "" }) => own.includes(repositoryName))
    .map(({ repositoryName = "", imageTagMutability = "", imageScanningConfiguration }) => ({
      subject: `repository ${repositoryName}`,
      value: repositorySummary(imageTagMutability, imageScanningConfiguration?.scanOnPush === true),
    }));
}
