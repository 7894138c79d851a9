import type { JsonObject } from "../../answer";
import { merged } from "../../answer";
import type { Call } from "../../call";

/** Where a path of EKS leads: `/clusters/demo/node-groups/general` is cluster `demo`, kind `node-groups`, name `general`. */
export interface EksPath {
  readonly cluster: string | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly verb: string | undefined;
}

/** Reads a path of EKS; nothing for a call to another service. */
export function eksPath(call: Call): EksPath | undefined {
  if (call.service !== "eks") return undefined;
  const [root, cluster, kind, name, verb] = call.path.split("/").filter(Boolean).map(decodeURIComponent);
  return root === "clusters" ? { cluster, kind, name, verb } : undefined;
}

/**
 * What clients were told about clusters and node groups that MiniStack does not keep.
 *
 * Laid over MiniStack's answers. It lives as long as the gateway, so gateway and emulators are always reset together.
 */
export class EksMemory {
  private readonly kept = new Map<string, JsonObject>();

  /** What is kept about a thing of a region, such as `demo` or `demo/node-groups/general`. */
  of(call: Call, thing: string): JsonObject {
    return this.kept.get(`${call.region}/${thing}`) ?? {};
  }

  /** Lays `facts` over what is kept. */
  merge(call: Call, thing: string, facts: JsonObject): void {
    this.replace(call, thing, merged(this.of(call, thing), facts));
  }

  /** Replaces what is kept. */
  replace(call: Call, thing: string, facts: JsonObject): void {
    this.kept.set(`${call.region}/${thing}`, facts);
  }

  /** Forgets a thing and what belongs to it. */
  forget(call: Call, thing: string): void {
    const key = `${call.region}/${thing}`;
    for (const kept of [...this.kept.keys()]) {
      if (kept === key || kept.startsWith(`${key}/`)) this.kept.delete(kept);
    }
  }
}
