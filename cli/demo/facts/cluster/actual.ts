import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";
import type { Clients } from "@groundwork/local/aws/clients";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { clusterInWords, clusterNamesOf, inBounds, repositoryInWords } from "./expected";

/** What the cloud's API says about the clusters a stack makes or works in, and about the repositories it makes. */
export async function foundCluster(clients: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const { clusters = [] } = await clients.eks.send(new ListClustersCommand({}));
  const ours = clusters.filter((name) => clusterNamesOf(stack).includes(name));
  const makesClusters = stack.resources("aws_eks_cluster").size > 0;
  const facts = ours.map(async (name) => [
    ...(makesClusters ? [await clusterFact(clients, name), ...(await nodeGroupFacts(clients, name))] : []),
    ...(await addonFacts(clients, stack, name)),
  ]);
  return [...(await Promise.all(facts)).flat(), ...(await repositoryFacts(clients, stack))];
}

async function clusterFact({ eks }: Clients, name: string): Promise<Fact> {
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  const { endpointPrivateAccess, endpointPublicAccess } = cluster?.resourcesVpcConfig ?? {};
  const exits = [
    ...(endpointPrivateAccess === true ? ["private"] : []),
    ...(endpointPublicAccess === true ? ["public"] : []),
  ];
  const logs = (cluster?.logging?.clusterLogging ?? [])
    .filter(({ enabled }) => enabled)
    .flatMap(({ types = [] }) => types);
  return { subject: `cluster ${name}`, is: clusterInWords(cluster?.version ?? "", exits, logs.length) };
}

async function nodeGroupFacts({ eks }: Clients, clusterName: string): Promise<readonly Fact[]> {
  const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName }));
  return Promise.all(
    nodegroups.map(async (nodegroupName) => {
      const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
      const { minSize, desiredSize, maxSize } = nodegroup?.scalingConfig ?? {};
      const types = (nodegroup?.instanceTypes ?? []).join(", ");
      return { subject: `node group ${nodegroupName}`, is: `${inBounds(minSize, desiredSize, maxSize)} ${types}` };
    }),
  );
}

/** Add-ons of a cluster come from two stacks; each answers for its own. */
async function addonFacts({ eks }: Clients, stack: SynthesizedStack, clusterName: string): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_eks_addon").values()].map((addon) => textArgument(addon, "addon_name"));
  const { addons = [] } = await eks.send(new ListAddonsCommand({ clusterName }));
  return Promise.all(
    addons
      .filter((name) => own.includes(name))
      .map(async (addonName) => {
        const { addon } = await eks.send(new DescribeAddonCommand({ clusterName, addonName }));
        return { subject: `add-on ${addonName}`, is: addon?.status ?? "" };
      }),
  );
}

async function repositoryFacts({ ecr }: Clients, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const own = [...stack.resources("aws_ecr_repository").values()].map((one) => textArgument(one, "name"));
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));
  return repositories
    .filter(({ repositoryName = "" }) => own.includes(repositoryName))
    .map(({ repositoryName = "", imageTagMutability = "", imageScanningConfiguration }) => ({
      subject: `repository ${repositoryName}`,
      is: repositoryInWords(imageTagMutability, imageScanningConfiguration?.scanOnPush === true),
    }));
}
