import { Construct, type IConstruct } from "constructs";
import { defined } from "../core/defined";
import { Size } from "../core/size";
import type { FlavorSize } from "./cloud";
import { type CountedKind, ProjectUsage } from "./project-usage";
import { OST014 } from "./rules";

/** Quotas of a project. */
export interface ProjectQuotaProps {
  /**
   * Maximum number of machines.
   * @default - not checked
   */
  readonly machines?: number;
  /**
   * Maximum number of vCPUs in total.
   * @default - not checked
   */
  readonly vCpus?: number;
  /**
   * Maximum memory in total.
   * @default - not checked
   */
  readonly memory?: Size;
  /**
   * Sizes of flavors, by name: `vCpus` and `memory`. Required with `vCpus` or `memory` for flavors whose name does not contain the
   * size; on NHN Cloud every name does.
   * @default - none
   */
  readonly flavors?: Readonly<Record<string, FlavorSize>>;
  /**
   * Maximum number of volumes. Root disks and data disks of machines are volumes.
   * @default - not checked
   */
  readonly volumes?: number;
  /**
   * Maximum size of all volumes in total.
   * @default - not checked
   */
  readonly volumeStorage?: Size;
  /**
   * Maximum number of floating IPs.
   * @default - not checked
   */
  readonly floatingIps?: number;
  /**
   * Maximum number of networks.
   * @default - not checked
   */
  readonly networks?: number;
  /**
   * Maximum number of subnets.
   * @default - not checked
   */
  readonly subnets?: number;
  /**
   * Maximum number of ports: interfaces of machines and routers, addresses of load balancers.
   * @default - not checked
   */
  readonly ports?: number;
  /**
   * Maximum number of routers.
   * @default - not checked
   */
  readonly routers?: number;
  /**
   * Maximum number of security groups. The group `default`, which every project has, counts.
   * @default - not checked
   */
  readonly securityGroups?: number;
  /**
   * Maximum number of security group rules. The four rules of the group `default` count.
   * @default - not checked
   */
  readonly securityGroupRules?: number;
  /**
   * Maximum number of key pairs of the user.
   * @default - not checked
   */
  readonly keyPairs?: number;
  /**
   * Maximum number of server groups.
   * @default - not checked
   */
  readonly serverGroups?: number;
  /**
   * Maximum number of load balancers.
   * @default - not checked
   */
  readonly loadBalancers?: number;
}

/**
 * Defines the quota of a project, so that a stack that exceeds it is rejected at synthesis.
 *
 * Creates no resources. Counts the resources in the parent construct, usually a stack, and the security group that every project has;
 * other resources of the project are unknown. `openstack quota show` and the console show the project's quotas. Cost: free of charge.
 *
 * Errors: OST014.
 *
 * @example new ProjectQuota(stack, "Quota", { ...ProjectQuota.DEFAULTS, vCpus: 40, flavors: { "m1.c4m16": size } });
 */
export class ProjectQuota extends Construct {
  /**
   * Quotas of a new project in OpenStack, unless the operator has changed them. Octavia's are unlimited.
   *
   * Sources: configuration references of Nova (`[quota]`), Neutron (`[quotas]`) and Cinder (`quota_volumes`, `quota_gigabytes`).
   */
  static readonly DEFAULTS = {
    machines: 10,
    vCpus: 20,
    memory: Size.gibibytes(50),
    volumes: 10,
    volumeStorage: Size.gibibytes(1_000),
    floatingIps: 50,
    networks: 100,
    subnets: 100,
    ports: 500,
    routers: 10,
    securityGroups: 10,
    securityGroupRules: 100,
    keyPairs: 100,
    serverGroups: 10,
  } as const satisfies ProjectQuotaProps;

  constructor(scope: Construct, id: string, props: ProjectQuotaProps) {
    super(scope, id);
    this.node.addValidation({ validate: () => violations(this, scope.node.findAll(), props) });
  }
}

interface Count {
  readonly label: string;
  readonly requested: number;
  readonly most: number | undefined;
}

/** Names of the counted objects in messages. */
const LABELS: Readonly<Record<CountedKind, string>> = {
  machines: "machines",
  floatingIps: "floating IPs",
  networks: "networks",
  subnets: "subnets",
  ports: "ports",
  routers: "routers",
  securityGroups: "security groups, including default",
  securityGroupRules: "security group rules, including the four of default",
  keyPairs: "key pairs",
  serverGroups: "server groups",
  loadBalancers: "load balancers",
};

function violations(at: Construct, tree: readonly IConstruct[], props: ProjectQuotaProps): string[] {
  const usage = new ProjectUsage(tree, props.flavors ?? {});
  return [...unknownFlavors(at, usage, props), ...exceeded(at, usage, props)];
}

/** Without the size of a flavor the check would be incomplete and the apply could stop halfway. */
function unknownFlavors(at: Construct, usage: ProjectUsage, { vCpus, memory }: ProjectQuotaProps): string[] {
  if (vCpus === undefined && memory === undefined) return [];
  return usage.unknownFlavors.map(
    (flavor) =>
      OST014.violation({
        at,
        given: `a quota of vCPUs or memory, and flavor "${flavor}" of unknown size`,
        fix: `set its size: flavors: { "${flavor}": { vCpus, memory } }`,
      }).message,
  );
}

function exceeded(at: Construct, usage: ProjectUsage, props: ProjectQuotaProps): string[] {
  return [...sums(usage, props), ...counts(usage, props)]
    .filter(({ requested, most }) => most !== undefined && requested > most)
    .map(
      ({ label, requested, most }) =>
        OST014.violation({
          at,
          given: `${requested} ${label}, the project's quota is ${most ?? 0}`,
          fix: "request a higher quota, or reduce the stack",
        }).message,
    );
}

function counts(usage: ProjectUsage, props: ProjectQuotaProps): readonly Count[] {
  return (Object.keys(LABELS) as CountedKind[]).map((kind) => ({
    label: LABELS[kind],
    requested: usage.count(kind),
    most: props[kind],
  }));
}

function sums(usage: ProjectUsage, { vCpus, memory, volumes, volumeStorage }: ProjectQuotaProps): readonly Count[] {
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
  const gibibytes = (size: Size): number => size.toMebibytes() / Size.gibibytes(1).toMebibytes();
  const most = defined({
    memory: memory === undefined ? undefined : gibibytes(memory),
    storage: volumeStorage === undefined ? undefined : gibibytes(volumeStorage),
  });
  return [
    { label: "vCPUs", requested: total(usage.sizes.map((size) => size.vCpus)), most: vCpus },
    { label: "GiB of memory", requested: total(usage.sizes.map((size) => gibibytes(size.memory))), most: most.memory },
    { label: "volumes", requested: usage.volumes.length, most: volumes },
    { label: "GiB of volumes", requested: total(usage.volumes), most: most.storage },
  ];
}
