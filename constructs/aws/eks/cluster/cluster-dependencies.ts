import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ADD004 } from "../addons/rules";
import { EKS009, EKS015 } from "../rules";

/** An add-on that has been made, and where it stands in the order. */
interface RosterAddon {
  readonly resource: ITerraformDependable;
  readonly order: "before-nodes" | "after-nodes";
}

/**
 * Keeps what has been made in a cluster so far, so that what comes later depends on it: add-ons that nodes need, nodes that
 * pods need, entries that whoever deploys needs. The order of an apply, and reversed of a destroy, follows from it.
 */
export class ClusterDependencies {
  private readonly addons = new Map<string, RosterAddon>();
  private readonly groups: ITerraformDependable[] = [];
  private readonly entries: ITerraformDependable[] = [];
  private readonly principals = new Set<string>();
  private readonly accounts = new Set<string>();

  /** What nodes need before they can join: the network plugin, the proxy, the identity agent. */
  get beforeNodes(): readonly ITerraformDependable[] {
    return [...this.addons.values()].filter(({ order }) => order === "before-nodes").map(({ resource }) => resource);
  }

  /** What pods run on. */
  get nodes(): readonly ITerraformDependable[] {
    return this.groups;
  }

  /** What something in the cluster needs before it is made, and until it is gone: a login, nodes, names. */
  get ready(): readonly ITerraformDependable[] {
    return [...this.entries, ...this.groups, ...this.addon("coredns")];
  }

  /** An add-on, when it has been made here. */
  addon(name: string): readonly ITerraformDependable[] {
    const found = this.addons.get(name);
    return found === undefined ? [] : [found.resource];
  }

  addAddon(name: string, addon: RosterAddon): void {
    this.addons.set(name, addon);
  }

  /** Refuses an add-on that the cluster has already. */
  refuseSecondAddon(at: Construct, name: string): void {
    if (this.addons.has(name))
      throw ADD004.violation({ at, given: `a second add-on ${name}`, fix: "keep the one that is there" });
  }

  addNodes(nodes: ITerraformDependable): void {
    this.groups.push(nodes);
  }

  /** Notes a principal; refuses one that has an entry already. */
  admit(at: Construct, principalArn: string): void {
    if (this.principals.has(principalArn))
      throw EKS009.violation({
        at,
        given: `a second access entry for ${principalArn}`,
        fix: "give all policies in the first one",
      });
    this.principals.add(principalArn);
  }

  /** Notes a service account that gets a role; refuses one that has one already. */
  bind(at: Construct, namespace: string, serviceAccount: string): void {
    const account = `${namespace}/${serviceAccount}`;
    if (this.accounts.has(account))
      throw EKS015.violation({
        at,
        given: `a second role for service account ${account}`,
        fix: "grant everything to the first one",
      });
    this.accounts.add(account);
  }

  addEntry(...resources: readonly ITerraformDependable[]): void {
    this.entries.push(...resources);
  }
}
