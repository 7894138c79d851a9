import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { type Violation, Violations } from "../../core/violation";
import { escaped } from "../escaped";
import type { Labels } from "../labels";
import { claimName, OBJECT_NAMES } from "../names";
import { Namespace, type PodLevel } from "../namespace";
import { KUB046 } from "./rules";
import { ContainerLimits } from "./container-limits";
import { ProjectTraffic } from "./project-traffic";
import type { Quota } from "./quota";
import type { Subject } from "./subject";

/** Roles of a project, which every cluster has: read, change workloads, and also give roles. None of them changes quotas. */
export type ProjectRole = "view" | "edit" | "admin";

/** Properties of {@link Project}. */
export interface ProjectProps {
  /** Name of the namespace. */
  readonly name: string;
  /** How much it may use: `Quota.of(...)` or `Quota.none()`. */
  readonly quota: Quota;
  /** Resources of containers that have none: `ContainerLimits.of(...)`, `ContainerLimits.none()`. @default - none */
  readonly limits?: ContainerLimits;
  /** Who has which role in the project, by role: `view`, `edit` or `admin`. @default - no one but the administrators of the cluster */
  readonly members?: Readonly<Partial<Record<ProjectRole, readonly Subject[]>>>;
  /** Who may connect to its pods: `ProjectTraffic.isolated(...)`, `ProjectTraffic.open()`. @default - only its own pods */
  readonly traffic?: ProjectTraffic;
  /** Pod Security Standard that the API server enforces: `"restricted"`, `"baseline"` or `"privileged"`. @default "restricted" */
  readonly pods?: PodLevel;
  /** Further labels of the namespace. @default - none */
  readonly labels?: Labels;
  /** Resources that are created before the project and destroyed after it. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a project of a cluster: a namespace for one team, with a quota, roles and a network policy.
 *
 * Creates the namespace, a ResourceQuota, a LimitRange, a RoleBinding for each role, and a NetworkPolicy. Its workloads are created
 * after all of them. Destroying the namespace deletes everything that is left in it. Free of charge.
 *
 * Errors: KUB018, KUB044 to KUB047, NAM001, NAM002.
 *
 * @example
 * const shop = new Project(this, "Shop", {
 *   name: "shop", quota: Quota.of({ cpu: Cpu.cores(4), memory: Size.gibibytes(8), pods: 20 }),
 *   members: { edit: [Subject.group("shop-developers")] },
 * });
 * new WebService(this, "Web", { ...web, namespace: shop.namespaceName, dependsOn: [shop] });
 */
export class Project extends Construct implements ITerraformDependable {
  /** Name of the namespace. */
  readonly namespaceName: string;
  /** For `dependsOn` of its workloads: the quota, which exists after the namespace. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ProjectProps) {
    super(scope, id);
    const { name, traffic = ProjectTraffic.isolated(), limits = ContainerLimits.none(), members = {} } = props;
    this.check(props, { traffic, limits });
    const namespace = new Namespace(this, "Resource", {
      name,
      ...defined({ pods: props.pods, labels: props.labels, dependsOn: props.dependsOn }),
    });
    this.node.defaultChild = namespace.node.defaultChild;
    this.namespaceName = name;
    const rules = [
      ...this.createBindings(name, members, namespace),
      ...this.createPolicy(name, traffic, namespace),
      ...this.createLimits(name, limits, namespace),
    ];
    this.fqn = this.createQuota(name, props.quota, [namespace, ...rules]) ?? rules.at(-1)?.fqn ?? namespace.fqn;
  }

  private createBindings(
    namespace: string,
    members: NonNullable<ProjectProps["members"]>,
    parent: ITerraformDependable,
  ): readonly ITerraformDependable[] {
    return Object.entries(members)
      .filter(([, subjects]) => subjects.length > 0)
      .map(([role, subjects]) => {
        claimName(`project-${role}`, { ...OBJECT_NAMES.networkPolicy, service: "RoleBinding" }, namespace, this);
        return new RoleBindingV1(this, `member-${role}`, {
          metadata: { name: `project-${role}`, namespace },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
          subject: escaped(subjects.map(({ argument }) => defined(argument))),
          dependsOn: [parent],
        });
      });
  }

  private createPolicy(
    namespace: string,
    { policy }: ProjectTraffic,
    parent: ITerraformDependable,
  ): readonly ITerraformDependable[] {
    if (policy === undefined) return [];
    claimName("project", OBJECT_NAMES.networkPolicy, namespace, this);
    return [
      new NetworkPolicyV1(this, "Traffic", {
        metadata: { name: "project", namespace },
        spec: policy,
        dependsOn: [parent],
      }),
    ];
  }

  private createLimits(
    namespace: string,
    { limit }: ContainerLimits,
    parent: ITerraformDependable,
  ): readonly ITerraformDependable[] {
    if (limit === undefined) return [];
    claimName("project", OBJECT_NAMES.limitRange, namespace, this);
    return [
      new LimitRangeV1(this, "Limits", {
        metadata: { name: "project", namespace },
        spec: { limit: [limit] },
        dependsOn: [parent],
      }),
    ];
  }

  private createQuota(
    namespace: string,
    { hard }: Quota,
    dependsOn: readonly ITerraformDependable[],
  ): string | undefined {
    if (hard === undefined) return undefined;
    claimName("project", OBJECT_NAMES.resourceQuota, namespace, this);
    return new ResourceQuotaV1(this, "Quota", {
      metadata: { name: "project", namespace },
      spec: { hard: { ...hard } },
      dependsOn: [...dependsOn],
    }).fqn;
  }

  private check(
    { quota, members = {} }: ProjectProps,
    { traffic, limits }: { readonly traffic: ProjectTraffic; readonly limits: ContainerLimits },
  ): void {
    Violations.throwIfAny([
      ...quota.violations(this),
      ...limits.violations(this),
      ...traffic.violations(this),
      ...this.memberViolations(members),
    ]);
  }

  private memberViolations(members: NonNullable<ProjectProps["members"]>): Violation[] {
    const roles: readonly string[] = ["view", "edit", "admin"] satisfies ProjectRole[];
    return [
      ...Object.values(members).flatMap((subjects) => subjects.flatMap((subject) => subject.violations(this))),
      ...Object.keys(members)
        .filter((role) => !roles.includes(role))
        .map((role) => KUB046.violation({ at: this, given: `role "${role}"`, fix: `use ${roles.join(", ")}` })),
    ];
  }
}
