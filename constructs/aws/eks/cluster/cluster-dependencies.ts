import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { Registry } from "../../../core/registry";
import { ADD004 } from "../addons/rules";
import { EKS009, EKS015 } from "../rules";
import type { IEksCluster } from "./eks-cluster";

/** An add-on of the cluster and its position in the creation order. */
interface RegisteredAddon {
  readonly resource: ITerraformDependable;
  readonly order: "before-nodes" | "after-nodes";
}

/**
 * Collects the resources of a cluster, so that later resources can depend on them: add-ons that nodes require, nodes that pods
 * require, access entries that the deployer requires. Terraform creates them in this order and destroys them in reverse.
 */
export class ClusterDependencies {
  private static readonly registry = new Registry<IEksCluster, ClusterDependencies>(() => new ClusterDependencies());

  /** The resources that this app has added to a cluster. */
  static of(cluster: IEksCluster): ClusterDependencies {
    return ClusterDependencies.registry.of(cluster, cluster.clusterName, cluster.node.root);
  }

  private readonly addons = new Map<string, RegisteredAddon>();
  private readonly groups: ITerraformDependable[] = [];
  private readonly entries: ITerraformDependable[] = [];
  private readonly principals = new Set<string>();
  private readonly accounts = new Set<string>();

  /** Add-ons that nodes require before they can join: network plugin, kube-proxy, identity agent. */
  get beforeNodes(): readonly ITerraformDependable[] {
    return [...this.addons.values()].filter(({ order }) => order === "before-nodes").map(({ resource }) => resource);
  }

  /** Node groups of the cluster. */
  get nodes(): readonly ITerraformDependable[] {
    return this.groups;
  }

  /** Dependencies of every object in the cluster, from its creation to its deletion: access, nodes, DNS. */
  get ready(): readonly ITerraformDependable[] {
    return [...this.entries, ...this.groups, ...this.addon("coredns")];
  }

  /** The add-on of this name; empty when this stack does not create it. */
  addon(name: string): readonly ITerraformDependable[] {
    const found = this.addons.get(name);
    return found === undefined ? [] : [found.resource];
  }

  /** Registers an add-on. */
  addAddon(name: string, addon: RegisteredAddon): void {
    this.addons.set(name, addon);
  }

  /** Rejects an add-on that the cluster already has. */
  rejectSecondAddon(at: Construct, name: string): void {
    if (this.addons.has(name))
      throw ADD004.violation({ at, given: `a second add-on ${name}`, fix: "keep the first one" });
  }

  /** Registers a node group. */
  addNodes(nodes: ITerraformDependable): void {
    this.groups.push(nodes);
  }

  /** Registers a principal; rejects a second access entry for it. */
  registerPrincipal(at: Construct, principalArn: string): void {
    if (this.principals.has(principalArn))
      throw EKS009.violation({
        at,
        given: `a second access entry for ${principalArn}`,
        fix: "add all policies to the first one",
      });
    this.principals.add(principalArn);
  }

  /** Registers a service account; rejects a second role for it. */
  registerServiceAccount(at: Construct, namespace: string, serviceAccount: string): void {
    const account = `${namespace}/${serviceAccount}`;
    if (this.accounts.has(account))
      throw EKS015.violation({
        at,
        given: `a second role for service account ${account}`,
        fix: "grant everything to the first one",
      });
    this.accounts.add(account);
  }

  /** Registers the resources of an access entry. */
  addAccess(...resources: readonly ITerraformDependable[]): void {
    this.entries.push(...resources);
  }
}
