import { ApiError, type KubernetesApi, type LiveObject } from "../api";
import { NODES } from "../nodes";
import type { AwsAccount, AwsRegion } from "./aws-account";
import type { Controller } from "./controller";
import { livePods, type Pod, quantity, type Requests } from "./pods";
import { releasesOf, textAt, type Release } from "./releases";

/** Name of the chart of the cluster autoscaler. */
export const AUTOSCALER_CHART = "cluster-autoscaler";

const TAGS = "k8s.io/cluster-autoscaler";

/** How long a node is unneeded before it is removed: minutes on a real cluster. */
const UNNEEDED_MS = 4_000;

/** Share of a node's resources below which its pods are moved to other nodes. */
const THRESHOLD = 0.5;

const TAINT = { key: "ToBeDeletedByClusterAutoscaler", value: "groundwork", effect: "NoSchedule" };

/** An Auto Scaling group that the autoscaler may change. */
interface Group {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly instanceIds: readonly string[];
}

/** What a node can still take. */
interface Capacity extends Requests {
  readonly pods: number;
}

/**
 * Replaces the cluster autoscaler while the Helm release of the autoscaler exists. If a pod fits on no node, it increases the desired
 * size of an Auto Scaling group with the tags of the cluster. If the pods of a node fit on other nodes, it drains the node and terminates
 * its instance.
 */
export class Autoscaler implements Controller {
  readonly name = "cluster autoscaler";
  readonly everyMs = 1_000;
  private readonly unneededSince = new Map<string, number>();

  constructor(
    private readonly api: KubernetesApi,
    private readonly aws: AwsAccount,
  ) {}

  async reconcile(): Promise<void> {
    for (const release of await releasesOf(this.api, AUTOSCALER_CHART)) await this.scale(release);
  }

  private async scale({ values }: Release): Promise<void> {
    const cluster = textAt(values, "autoDiscovery", "clusterName");
    const region = this.aws.region(textAt(values, "awsRegion"));
    const groups = await groupsOf(region, cluster);
    const [pods, nodes] = await Promise.all([livePods(this.api), this.api.list(NODES)]);
    for (const group of groups) {
      const own = nodes.filter((node) => group.instanceIds.includes(instanceOf(node)));
      // Nodes that are starting or ending: the next comparison sees the result.
      if (own.length !== group.desired) continue;
      const waiting = pods.filter(({ isUnschedulable }) => isUnschedulable);
      if (waiting.length > 0) await this.grow(region, group, own, waiting);
      else await this.shrink(region, group, own, pods);
    }
  }

  private async grow(region: AwsRegion, group: Group, nodes: readonly LiveObject[], waiting: readonly Pod[]) {
    this.unneededSince.clear();
    const [template] = nodes;
    if (template === undefined || group.desired >= group.max) return;
    const expected = Math.min(group.max, group.desired + nodesFor(waiting, allocatable(template)));
    await region.autoScaling("SetDesiredCapacity", {
      AutoScalingGroupName: group.name,
      DesiredCapacity: `${expected}`,
      HonorCooldown: "false",
    });
  }

  private async shrink(region: AwsRegion, group: Group, nodes: readonly LiveObject[], pods: readonly Pod[]) {
    const now = Date.now();
    const unneeded = group.desired > group.min ? unneededNodes(nodes, pods) : [];
    for (const name of [...this.unneededSince.keys()]) if (!unneeded.includes(name)) this.unneededSince.delete(name);
    for (const name of unneeded) if (!this.unneededSince.has(name)) this.unneededSince.set(name, now);
    const ready = unneeded.filter((name) => now - (this.unneededSince.get(name) ?? now) >= UNNEEDED_MS);
    for (const name of ready.slice(0, group.desired - group.min)) {
      const node = nodes.find(({ metadata }) => metadata.name === name);
      if (node !== undefined) await this.remove(region, node, pods);
    }
  }

  private async remove(region: AwsRegion, node: LiveObject, pods: readonly Pod[]): Promise<void> {
    const { name } = node.metadata;
    const { taints = [] } = (node["spec"] ?? {}) as { taints?: readonly { key: string }[] };
    if (!taints.some(({ key }) => key === TAINT.key))
      await this.api.merge(NODES, name, { spec: { taints: [...taints, TAINT] } });
    const own = pods.filter((pod) => pod.node === name && !pod.isOfDaemonSet);
    for (const { object } of own) if (!(await this.evict(object))) return;
    await region.autoScaling("TerminateInstanceInAutoScalingGroup", {
      InstanceId: instanceOf(node),
      ShouldDecrementDesiredCapacity: "true",
    });
    this.unneededSince.delete(name);
  }

  private async evict({ metadata }: LiveObject): Promise<boolean> {
    try {
      return await this.api.evict(metadata);
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }
}

/** The groups with both tags of the cluster, as the release's automatic discovery finds them. */
async function groupsOf(region: AwsRegion, cluster: string): Promise<readonly Group[]> {
  const tagged = await Promise.all(
    [`${TAGS}/enabled`, `${TAGS}/${cluster}`].map(async (key) => {
      const filter = { "Filters.member.1.Name": "key", "Filters.member.1.Values.member.1": key };
      return texts(await region.autoScaling("DescribeTags", filter), "ResourceId");
    }),
  );
  const names = (tagged[0] ?? []).filter((name) => tagged[1]?.includes(name) === true);
  return Promise.all(names.map((name) => groupOf(region, name)));
}

async function groupOf(region: AwsRegion, name: string): Promise<Group> {
  const xml = await region.autoScaling("DescribeAutoScalingGroups", { "AutoScalingGroupNames.member.1": name });
  const number = (element: string) => Number(texts(xml, element)[0] ?? 0);
  return {
    name,
    min: number("MinSize"),
    max: number("MaxSize"),
    desired: number("DesiredCapacity"),
    instanceIds: texts(xml, "InstanceId"),
  };
}

function texts(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, text = ""]) => text);
}

/** Number of new nodes that take the pods, by filling one after another. */
export function nodesFor(pods: readonly Pod[], capacity: Capacity): number {
  const nodes: Capacity[] = [];
  for (const { requests } of [...pods].sort((one, other) => other.requests.millicores - one.requests.millicores)) {
    if (!fits(capacity, requests)) continue;
    const index = nodes.findIndex((free) => fits(free, requests));
    if (index < 0) nodes.push(less(capacity, requests));
    else nodes[index] = less(nodes[index] ?? capacity, requests);
  }
  return nodes.length;
}

/** Names of the nodes that are used by less than half and whose pods all fit on the remaining nodes. */
export function unneededNodes(nodes: readonly LiveObject[], pods: readonly Pod[]): readonly string[] {
  const capacities = new Map(nodes.map((node) => [node.metadata.name, freeOf(node, pods)]));
  const unneeded: string[] = [];
  const candidates = nodes.filter((node) => usageOf(node, pods) < THRESHOLD);
  for (const { metadata } of candidates.sort((one, other) => usageOf(one, pods) - usageOf(other, pods))) {
    const moving = pods.filter((pod) => pod.node === metadata.name && !pod.isOfDaemonSet);
    const others = new Map([...capacities].filter(([name]) => name !== metadata.name));
    const fitsElsewhere = moving.every(({ requests }) => {
      const [name, capacity] = [...others].find(([, each]) => fits(each, requests)) ?? [];
      if (name === undefined || capacity === undefined) return false;
      others.set(name, less(capacity, requests));
      return true;
    });
    if (!fitsElsewhere || others.size === 0) continue;
    unneeded.push(metadata.name);
    capacities.clear();
    for (const [name, capacity] of others) capacities.set(name, capacity);
  }
  return unneeded;
}

function usageOf(node: LiveObject, pods: readonly Pod[]): number {
  const total = allocatable(node);
  const own = pods.filter((pod) => pod.node === node.metadata.name && !pod.isOfDaemonSet);
  const sum = (key: keyof Requests) => own.reduce((used, { requests }) => used + requests[key], 0);
  return Math.max(sum("millicores") / total.millicores, sum("bytes") / total.bytes);
}

function freeOf(node: LiveObject, pods: readonly Pod[]): Capacity {
  return pods
    .filter((pod) => pod.node === node.metadata.name)
    .reduce((capacity, { requests }) => less(capacity, requests), allocatable(node));
}

function allocatable({ status }: LiveObject): Capacity {
  const { allocatable: total = {} } = (status ?? {}) as { allocatable?: Readonly<Record<string, string>> };
  return {
    millicores: quantity(total["cpu"], "cpu"),
    bytes: quantity(total["memory"], "memory"),
    pods: Number(total["pods"] ?? 0),
  };
}

function fits(capacity: Capacity, { millicores, bytes }: Requests): boolean {
  return capacity.pods >= 1 && capacity.millicores >= millicores && capacity.bytes >= bytes;
}

function less(capacity: Capacity, { millicores, bytes }: Requests): Capacity {
  return { pods: capacity.pods - 1, millicores: capacity.millicores - millicores, bytes: capacity.bytes - bytes };
}

/** The instance of a node, from `aws:///<zone>/<instance id>`. */
function instanceOf({ spec }: LiveObject): string {
  return ((spec ?? {}) as { providerID?: string }).providerID?.split("/").at(-1) ?? "";
}
