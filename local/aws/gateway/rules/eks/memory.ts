import { type Json, type JsonObject, listOf, merged, objectOf } from "../../response";
import type { Call } from "../../call";

/** A parsed path of the EKS API: `/clusters/demo/node-groups/general` is cluster `demo`, kind `node-groups`, name `general`. */
export interface EksPath {
  readonly cluster: string | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly verb: string | undefined;
}

/** Parses a path of the EKS API; `undefined` for a call to another service. */
export function eksPath(call: Call): EksPath | undefined {
  if (call.service !== "eks") return undefined;
  const [root, cluster, kind, name, verb] = call.path.split("/").filter(Boolean).map(decodeURIComponent);
  return root === "clusters" ? { cluster, kind, name, verb } : undefined;
}

/** What EKS has created for a node group. */
export interface NodeGroupRecord {
  readonly cluster: string;
  readonly name: string;
  /** Name of its Auto Scaling group. */
  readonly scalingGroup: string;
  /** Id of the launch template of its instances. */
  readonly template: string;
}

/** A managed node group whose instances are nodes of the local Kubernetes. */
export interface NodeGroup extends Omit<NodeGroupRecord, "template"> {
  readonly region: string;
  readonly labels: JsonObject;
  /** In the format of EKS: `{ key, value, effect: "NO_SCHEDULE" }`. */
  readonly taints: readonly Json[];
}

/**
 * Settings of clusters and node groups that MiniStack does not store; they are merged into its responses.
 *
 * The memory lives as long as the gateway, so gateway and emulators are always reset together.
 */
export class EksMemory {
  /** Node groups by the keys of their settings. */
  private readonly groups = new Map<string, NodeGroupRecord>();
  private readonly kept = new Map<string, JsonObject>();

  /** Stored settings of a resource in the call's region; `resource` is such as `demo` or `demo/node-groups/general`. */
  of(call: Call, resource: string): JsonObject {
    return this.kept.get(`${call.region}/${resource}`) ?? {};
  }

  /** Merges settings into the stored ones. */
  merge(call: Call, resource: string, settings: JsonObject): void {
    this.replace(call, resource, merged(this.of(call, resource), settings));
  }

  /** Replaces the stored settings. */
  replace(call: Call, resource: string, settings: JsonObject): void {
    this.kept.set(`${call.region}/${resource}`, settings);
  }

  /** The node group of a resource such as `demo/node-groups/general`. */
  groupOf(call: Call, resource: string): NodeGroupRecord | undefined {
    return this.groups.get(`${call.region}/${resource}`);
  }

  /** Stores a node group. */
  addGroup(call: Call, resource: string, group: NodeGroupRecord): void {
    this.groups.set(`${call.region}/${resource}`, group);
  }

  /** All node groups, with their labels and taints. */
  nodeGroups(): readonly NodeGroup[] {
    return [...this.groups].map(([key, { cluster, name, scalingGroup }]) => {
      const { labels, taints } = this.kept.get(key) ?? {};
      const [region = ""] = key.split("/");
      return { region, cluster, name, scalingGroup, labels: objectOf(labels), taints: listOf(taints) };
    });
  }

  /** Deletes the settings of a resource and of its children. */
  delete(call: Call, resource: string): void {
    const key = `${call.region}/${resource}`;
    for (const kept of [...this.kept.keys()]) {
      if (kept === key || kept.startsWith(`${key}/`)) this.kept.delete(kept);
    }
    this.groups.delete(key);
  }
}
