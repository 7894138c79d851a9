import { ApiError, type Collection, type KubernetesApi, type LiveObject } from "../../api";
import { NODES } from "../../nodes";
import type { AwsAccount } from "../aws-account";
import type { Controller } from "../controller";
import type { Instances } from "../instance-nodes";
import { type Release, releasesOf, textAt, valueAt } from "../releases";
import { annotationsOf, classAnnotations } from "./annotations";
import { CONTROLLER_CHART } from "./controller-chart";
import { Listeners } from "./listeners";
import { LoadBalancers } from "./load-balancer";
import { loadBalancerModel, type LoadBalancerModel, type TargetGroupModel } from "./model";
import { EXPLICIT_FINALIZER, finalizerOf, type GroupId, IMPLICIT_FINALIZER, stackOf } from "./names";
import { SecurityGroups } from "./security-groups";
import { subnetsFor } from "./subnets";
import { type Target, TargetGroups } from "./target-groups";

const INGRESSES = { apiVersion: "networking.k8s.io/v1", plural: "ingresses" };
const SERVICES = { apiVersion: "v1", plural: "services" };
const SLICES = { apiVersion: "discovery.k8s.io/v1", plural: "endpointslices" };

/** The members of a group: those that belong to it, and those that only have its finalizer. */
interface Group {
  readonly id: GroupId;
  readonly members: LiveObject[];
  readonly former: LiveObject[];
}

/** The objects of the cluster that determine its load balancers. */
interface ClusterObjects {
  readonly services: ReadonlyMap<string, LiveObject>;
  readonly slices: readonly LiveObject[];
  /** Instance ids of nodes that receive requests. */
  readonly instanceIds: readonly string[];
  /** Security groups of the nodes. */
  readonly nodeGroups: readonly string[];
}

/**
 * Replaces the AWS Load Balancer Controller while the Helm release of that controller exists. It creates one load balancer for each
 * group of Ingress objects, with listeners, rules, target groups and security groups.
 *
 * If the release is removed before an Ingress, the deletion of the Ingress never completes, as on a real cluster.
 */
export class LoadBalancerController implements Controller {
  readonly name = "load balancer controller";
  readonly everyMs = 500;
  /** What was applied to each group, as text. */
  private readonly applied = new Map<string, { readonly text: string; readonly hostname: string }>();
  /** Ports of the targets of each group: one rule of the nodes admits the load balancers of all groups. */
  private readonly ports = new Map<string, readonly number[]>();

  constructor(
    private readonly api: KubernetesApi,
    private readonly aws: AwsAccount,
    private readonly instances: Instances,
  ) {}

  async reconcile(): Promise<void> {
    const [release] = await releasesOf(this.api, CONTROLLER_CHART);
    if (release === undefined) return;
    const groups = groupsOf(await this.api.list(INGRESSES), release);
    if (groups.length === 0) return;
    const objects = await this.objects();
    // An error in one group does not hold up the others.
    const failures: unknown[] = [];
    for (const group of groups)
      await this.reconcileGroup(release, group, objects).catch((error: unknown) => {
        // An object was changed or deleted between reading and writing; the next comparison reads it again.
        if (!(error instanceof ApiError && [404, 409].includes(error.status))) failures.push(error);
      });
    if (failures.length > 0) throw failures[0];
  }

  private async objects(): Promise<ClusterObjects> {
    const [services, slices, nodes, instances] = await Promise.all([
      this.api.list(SERVICES),
      this.api.list(SLICES),
      this.api.list(NODES),
      this.instances.list(),
    ]);
    return {
      services: new Map(services.map((each) => [`${each.metadata.namespace ?? ""}/${each.metadata.name}`, each])),
      slices,
      instanceIds: nodes.flatMap(({ spec }) => (spec as { providerID?: string }).providerID?.split("/").at(-1) ?? []),
      nodeGroups: [...new Set(instances.flatMap(({ securityGroups }) => securityGroups))].sort(),
    };
  }

  private async reconcileGroup(release: Release, group: Group, objects: ClusterObjects): Promise<void> {
    const finalizer = finalizerOf(group.id);
    for (const member of group.members) await this.setFinalizer(member, finalizer, true);
    const stack = stackOf(group.id);
    if (group.members.length === 0) await this.remove(release, stack, objects);
    else await this.apply(release, group, objects);
    for (const member of group.former) await this.setFinalizer(member, finalizer, false);
  }

  private async apply(release: Release, { id, members }: Group, objects: ClusterObjects): Promise<void> {
    const stack = stackOf(id);
    const defaultTags = (valueAt(release.values, "defaultTags") ?? {}) as Readonly<Record<string, string>>;
    const model = loadBalancerModel({
      group: id,
      cluster: textAt(release.values, "clusterName"),
      ingresses: members,
      services: objects.services,
      overrides: classAnnotations(release),
      defaultTags,
    });
    const targets = model.targetGroups.map((group) => targetsOf(group, objects));
    const text = JSON.stringify([model, targets, objects.nodeGroups]);
    const hostname =
      this.applied.get(stack)?.text === text
        ? (this.applied.get(stack)?.hostname ?? "")
        : await this.deploy(release, model, targets, objects, defaultTags);
    this.applied.set(stack, { text, hostname });
    for (const member of members) await this.setHostname(member, hostname);
  }

  private async deploy(
    release: Release,
    model: LoadBalancerModel,
    targets: readonly (readonly Target[])[],
    { nodeGroups }: ClusterObjects,
    defaultTags: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { ec2, elb, network } = this.location(release);
    const subnets = await subnetsFor(ec2, network, model);
    const groups = new SecurityGroups(ec2, network);
    this.ports.set(
      model.stack,
      targets.flat().map(({ port }) => port),
    );
    const own = model.securityGroups.length === 0;
    const backend = own ? await groups.backend(defaultTags) : "";
    const securityGroups = own ? [await groups.frontend(model), backend] : model.securityGroups;
    const balancer = await new LoadBalancers(elb, network).apply(model, subnets, securityGroups);
    const targetGroups = new TargetGroups(elb, network);
    const arns = await targetGroups.apply(model);
    await new Listeners(elb, network.cluster).apply(balancer.LoadBalancerArn ?? "", model, arns);
    await targetGroups.deleteOthers(model.stack, [...arns.values()]);
    if (own) await groups.admit(nodeGroups, backend, [...this.ports.values()].flat());
    for (const [index, { key }] of model.targetGroups.entries())
      await targetGroups.setTargets(arns.get(key) ?? "", targets[index] ?? []);
    return balancer.DNSName ?? "";
  }

  private async remove(release: Release, stack: string, { nodeGroups }: ClusterObjects): Promise<void> {
    this.applied.delete(stack);
    this.ports.delete(stack);
    const { ec2, elb, network } = this.location(release);
    const balancers = new LoadBalancers(elb, network);
    await balancers.delete(stack);
    await new TargetGroups(elb, network).deleteOthers(stack, []);
    const groups = new SecurityGroups(ec2, network);
    await groups.deleteFrontend(stack);
    if (!(await balancers.any())) await groups.deleteBackend(nodeGroups);
  }

  private location({ values }: Release) {
    const { ec2, elb } = this.aws.region(textAt(values, "region"));
    return { ec2, elb, network: { cluster: textAt(values, "clusterName"), vpcId: textAt(values, "vpcId") } };
  }

  private async setFinalizer({ metadata }: LiveObject, finalizer: string, present: boolean): Promise<void> {
    const { name, finalizers = [] } = metadata;
    if (finalizers.includes(finalizer) === present) return;
    const others = finalizers.filter((other) => other !== finalizer);
    await this.api.merge(collectionOf(metadata), name, {
      metadata: { finalizers: present ? [...others, finalizer] : others },
    });
  }

  private async setHostname({ metadata, status }: LiveObject, hostname: string): Promise<void> {
    const { loadBalancer } = (status ?? {}) as { loadBalancer?: { ingress?: readonly { hostname?: string }[] } };
    if (hostname === "" || loadBalancer?.ingress?.[0]?.hostname === hostname) return;
    const patch = { status: { loadBalancer: { ingress: [{ hostname }] } } };
    await this.api.merge(collectionOf(metadata), metadata.name, patch, "/status");
  }
}

function collectionOf({ namespace }: LiveObject["metadata"]): Collection {
  return { ...INGRESSES, namespace };
}

/** The groups with members, and those whose finalizer an Ingress still has. */
function groupsOf(ingresses: readonly LiveObject[], release: Release): readonly Group[] {
  const ingressClass = textAt(release.values, "ingressClass") || "alb";
  const groups = new Map<string, Group>();
  const groupFor = (id: GroupId): Group => {
    const key = stackOf(id);
    const group = groups.get(key) ?? { id, members: [], former: [] };
    groups.set(key, group);
    return group;
  };
  for (const ingress of ingresses) {
    const current = currentGroup(ingress, ingressClass);
    if (current !== undefined) groupFor(current).members.push(ingress);
    for (const former of formerGroups(ingress, current)) groupFor(former).former.push(ingress);
  }
  return [...groups.values()];
}

/** The group of an Ingress; `undefined` if the controller no longer has to serve it. */
function currentGroup({ metadata, spec }: LiveObject, ingressClass: string): GroupId | undefined {
  const { ingressClassName } = (spec ?? {}) as { ingressClassName?: string };
  if (ingressClassName !== ingressClass || metadata.deletionTimestamp !== undefined) return undefined;
  const explicit = annotationsOf(metadata)["group.name"];
  return explicit === undefined
    ? { isExplicit: false, namespace: metadata.namespace ?? "default", name: metadata.name }
    : { isExplicit: true, namespace: "", name: explicit };
}

/** The groups whose finalizers an Ingress has without being a member. */
function formerGroups({ metadata }: LiveObject, current: GroupId | undefined): readonly GroupId[] {
  const own = current === undefined ? undefined : finalizerOf(current);
  return (metadata.finalizers ?? [])
    .filter((finalizer) => finalizer !== own)
    .flatMap((finalizer) => groupOfFinalizer(finalizer, metadata.namespace ?? "default", metadata.name) ?? []);
}

function groupOfFinalizer(finalizer: string, namespace: string, name: string): GroupId | undefined {
  if (finalizer === IMPLICIT_FINALIZER) return { isExplicit: false, namespace, name };
  if (!finalizer.startsWith(EXPLICIT_FINALIZER)) return undefined;
  return { isExplicit: true, namespace: "", name: finalizer.slice(EXPLICIT_FINALIZER.length) };
}

interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions?: { readonly ready?: boolean };
}

/** The ready pods behind a target group, or the nodes. */
function targetsOf(group: TargetGroupModel, { slices, instanceIds }: ClusterObjects): readonly Target[] {
  if (group.targetType === "instance") return instanceIds.map((id) => ({ id, port: group.port }));
  const own = slices.filter(
    ({ metadata }) =>
      metadata.namespace === group.namespace && metadata.labels?.["kubernetes.io/service-name"] === group.service,
  );
  const targets = own.flatMap(({ endpoints, ports }) => {
    const port = ((ports ?? []) as readonly { name?: string; port: number }[]).find(
      ({ name = "" }) => name === group.portName,
    );
    const ready = ((endpoints ?? []) as readonly Endpoint[]).filter(({ conditions }) => conditions?.ready !== false);
    return port === undefined
      ? []
      : ready.flatMap(({ addresses }) => addresses.slice(0, 1).map((id) => ({ id, port: port.port })));
  });
  return targets.sort((one, other) => (one.id < other.id ? -1 : 1));
}
