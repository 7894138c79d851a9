import { listOf, objectOf, textOf } from "../../http/json";
import type { KubernetesApi, LiveObject } from "../api";
import { defaultNodes, MANAGED, node, type NodeProps, NODES } from "../nodes";
import type { Controller } from "./controller";
import type { InstanceNode, Instances } from "./instance-nodes";

/** Prefix length of the addresses of a node's pods: more than any instance type has pods by default. */
const POD_PREFIX = 25;

/**
 * The nodes of the cluster: one for each instance of a node group, which appears and disappears with it. Without node groups there
 * are three nodes, so that workloads run in a cloud in which only they were deployed.
 */
export class Nodes implements Controller {
  readonly name = "nodes";
  readonly everyMs = 1_000;

  constructor(
    private readonly api: KubernetesApi,
    private readonly instances: Instances,
  ) {}

  async reconcile(): Promise<void> {
    const instances = await this.instances.list();
    const live = (await this.api.list(NODES)).filter(({ metadata }) => metadata.annotations?.[MANAGED] !== undefined);
    const expected = new Map<string, () => NodeProps>(
      instances.length === 0
        ? defaultNodes().map((props) => [props.name, () => props])
        : instances.map((instance) => [instance.name, () => nodeOf(instance, podCidr(instance, live))]),
    );
    const providers = new Set(instances.map(providerId));
    const gone = live.filter(
      (each) => !expected.has(each.metadata.name) || (instances.length > 0 && !providers.has(providerIdOf(each))),
    );
    for (const { metadata } of gone) await this.remove(metadata.name);
    const kept = new Set(live.filter((each) => !gone.includes(each)).map(({ metadata }) => metadata.name));
    for (const [name, props] of expected) if (!kept.has(name)) live.push(await this.api.create(NODES, node(props())));
  }

  /** Removes a node and its pods, which no kubelet ends any more. */
  private async remove(name: string): Promise<void> {
    await this.api.remove(NODES, name);
    for (const { metadata, spec } of await this.api.list({ apiVersion: "v1", plural: "pods" })) {
      if ((spec as { nodeName?: string }).nodeName !== name) continue;
      const pods = { apiVersion: "v1", plural: "pods", namespace: metadata.namespace };
      await this.api.removeNow(pods, metadata.name);
    }
  }
}

function providerId({ zone, instanceId }: InstanceNode): string {
  return `aws:///${zone}/${instanceId}`;
}

function providerIdOf({ spec }: LiveObject): string {
  return (spec as { providerID?: string }).providerID ?? "";
}

/** A free block in the upper half of the instance's subnet; `undefined` if the subnet is too small. EC2 assigns the lowest addresses. */
function podCidr({ subnet }: InstanceNode, live: readonly LiveObject[]): string | undefined {
  if (subnet.prefix >= POD_PREFIX) return undefined;
  const used = new Set(live.map(({ spec }) => (spec as { podCIDR?: string }).podCIDR));
  const count = 2 ** (POD_PREFIX - subnet.prefix);
  const blocks = Array.from({ length: count / 2 }, (_, index) => subnet.part(POD_PREFIX, count / 2 + index).toString());
  return blocks.find((block) => !used.has(block));
}

function nodeOf(instance: InstanceNode, pods: string | undefined): NodeProps {
  const { name, zone, address, type, group } = instance;
  return {
    name,
    zone,
    address,
    instanceType: type.InstanceType ?? "",
    architecture: type.ProcessorInfo?.SupportedArchitectures?.includes("arm64") === true ? "arm64" : "amd64",
    ...resourcesOf(type),
    providerId: providerId(instance),
    podCidr: pods,
    labels: {
      ...(objectOf(group.labels) as Readonly<Record<string, string>>),
      "eks.amazonaws.com/nodegroup": group.name,
    },
    taints: listOf(group.taints).map((taint) => {
      const { key, value, effect } = objectOf(taint);
      return { key: textOf(key), value: textOf(value), effect: EFFECTS[textOf(effect)] ?? "NoSchedule" };
    }),
  };
}

/** What an instance type has, and what EKS leaves of it to pods. */
function resourcesOf({ VCpuInfo, MemoryInfo, NetworkInfo }: InstanceNode["type"]): Pick<NodeProps, Resource> {
  const cores = VCpuInfo?.DefaultVCpus ?? 2;
  const mebibytes = MemoryInfo?.SizeInMiB ?? 4096;
  const { MaximumNetworkInterfaces = 3, Ipv4AddressesPerInterface = 6 } = NetworkInfo ?? {};
  // Each interface has one address of its own; the two pods of the node's network need none.
  const maxPods = MaximumNetworkInterfaces * (Ipv4AddressesPerInterface - 1) + 2;
  const rest = { pods: `${maxPods}`, "ephemeral-storage": "20Gi" };
  return {
    capacity: { cpu: `${cores}`, memory: `${mebibytes}Mi`, ...rest },
    allocatable: {
      cpu: `${cores * 1000 - reservedMillicores(cores)}m`,
      // The kubelet's reservation, and what must be free before it evicts pods.
      memory: `${mebibytes - (11 * maxPods + 255) - 100}Mi`,
      ...rest,
    },
  };
}

type Resource = "capacity" | "allocatable";

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** What EKS reserves for the system: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the others. */
function reservedMillicores(cores: number): number {
  const shares = Array.from({ length: cores }, (_, core) => (core === 0 ? 60 : core === 1 ? 10 : core < 4 ? 5 : 2.5));
  return Math.ceil(shares.reduce((sum, share) => sum + share, 0));
}
