import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { parseArn } from "../../iam/arn";
import type { AccessPolicy } from "./access-policy";
import type { IEksCluster } from "../cluster/eks-cluster";
import { EKS010, EKS016, EKS017 } from "../rules";

export interface AccessEntryProps {
  readonly cluster: IEksCluster;
  /** Role or user that is let in, by its own ARN. */
  readonly principalArn: string;
  /** What they may do; each kind once. @default - nothing but what their groups may */
  readonly policies?: readonly AccessPolicy[];
  /** Groups that roles inside the cluster speak about. @default - none */
  readonly groups?: readonly string[];
}

/**
 * Defines who may log in to a cluster, and what they may do there.
 *
 * Creates the entry, and one association for each policy. Free of charge.
 *
 * Errors: EKS009, EKS010, EKS014, EKS016, EKS017, IAM008.
 *
 * @example
 * new AccessEntry(this, "Platform", { cluster, principalArn: role.roleArn, policies: [AccessPolicy.clusterAdmin()] });
 */
export class AccessEntry extends Construct {
  readonly principalArn: string;
  /** The entry and its associations: while something in the cluster is being removed, they have to stand. */
  readonly access: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    const { cluster, principalArn, policies = [], groups = [] } = props;
    this.refuseOddPrincipal(principalArn);
    this.refusePoliciesTwice(policies);
    this.refuseForeignGroups(groups);
    cluster.roster.admit(this, principalArn);
    this.principalArn = principalArn;
    const entry = new EksAccessEntry(this, "Resource", {
      clusterName: cluster.clusterName,
      principalArn,
      type: "STANDARD",
      ...(groups.length === 0 ? {} : { kubernetesGroups: [...groups] }),
    });
    this.node.defaultChild = entry;
    this.access = [entry, ...policies.map((policy) => this.associate(cluster, entry, policy))];
    cluster.roster.addEntry(...this.access);
  }

  private associate(cluster: IEksCluster, entry: EksAccessEntry, policy: AccessPolicy): ITerraformDependable {
    const { kind, namespaces } = policy;
    return new EksAccessPolicyAssociation(this, kind, {
      clusterName: cluster.clusterName,
      principalArn: entry.principalArn,
      policyArn: policy.arnIn(cluster.region.partition),
      accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      dependsOn: [entry],
    });
  }

  private refusePoliciesTwice(policies: readonly AccessPolicy[]): void {
    const kinds = policies.map(({ kind }) => kind);
    const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
    if (twice === undefined) return;
    const given = `AccessPolicy.${twice}() twice`;
    throw EKS016.violation({ at: this, given, fix: `name all namespaces in one AccessPolicy.${twice}()` });
  }

  private refuseForeignGroups(groups: readonly string[]): void {
    const foreign = groups.filter((group) => /^(system|eks|aws|amazon|iam):/.test(group));
    if (foreign.length === 0) return;
    const given = `group ${foreign.join(", ")}`;
    throw EKS017.violation({ at: this, given, fix: "say AccessPolicy.clusterAdmin(), or use a group of your own" });
  }

  private refuseOddPrincipal(arn: string): void {
    const parsed = parseArn(arn, undefined, this);
    if (parsed === undefined) return;
    const { service, resource } = parsed;
    const fix = (() => {
      if (service === "sts") return "write the role itself: arn:aws:iam::<account>:role/<name>";
      if (resource.includes("aws-reserved/sso.amazonaws.com/"))
        return `leave out the path: role/${resource.split("/").at(-1) ?? ""}`;
      return service === "iam" && /^(role|user)\/./.test(resource) ? undefined : "name a role or a user";
    })();
    if (fix !== undefined) throw EKS010.violation({ at: this, given: `principal ${arn}`, fix });
  }
}
