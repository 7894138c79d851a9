import { appendFileSync } from "node:fs";
import { defined } from "@groundwork/constructs/core";
import { API_TYPES } from "@groundwork/constructs/kubernetes/manifests";
import { type ApiAccess, KubernetesApi } from "../api";
import { HelmRelease } from "./helm-release";
import { KubernetesResource } from "./kubernetes-resource";
import type { Managed } from "./managed";
import { ManifestResource } from "./manifest-resource";
import { at, planned } from "./plan";
import { type Block, blockOf, providerSchema } from "./schema";
import { isValues, Unknown, type Value, type Values } from "./values";

/** One line of the stand-in's journal. */
export interface Entry {
  readonly action: "create" | "update" | "destroy";
  readonly type: string;
  readonly name: string;
  readonly began: string;
  readonly ended: string;
  readonly error?: string;
}

/** A stand-in provider. */
export class StandIn {
  /** Stand-in for `hashicorp/kubernetes`. */
  static kubernetes(access: ApiAccess, journal?: string): StandIn {
    const { provider, resources } = providerSchema("kubernetes");
    const api = new KubernetesApi(access);
    const managed = Object.entries(API_TYPES).map(([name, type]): [string, Managed] => {
      return [name, new KubernetesResource(type, blockOf(resources, name), () => api)];
    });
    const manifest: readonly [string, Managed] = ["kubernetes_manifest", new ManifestResource(() => api)];
    return new StandIn(provider, new Map([...managed, manifest]), journal);
  }

  /** Stand-in for `hashicorp/helm`. */
  static helm(access: ApiAccess, journal?: string): StandIn {
    const { provider, resources } = providerSchema("helm");
    const api = new KubernetesApi(access);
    const release = new HelmRelease(blockOf(resources, "helm_release"), () => api);
    return new StandIn(provider, new Map([["helm_release", release]]), journal);
  }

  constructor(
    readonly provider: Block,
    readonly managed: ReadonlyMap<string, Managed>,
    private readonly journal?: string,
  ) {}

  resource(type: string): Managed {
    const found = this.managed.get(type);
    if (found === undefined) throw new Error(`the stand-in does not support ${type}`);
    return found;
  }

  async read(type: string, state: Value): Promise<Value> {
    return isValues(state) ? ((await this.resource(type).read(state)) ?? null) : null;
  }

  plan(type: string, prior: Value, proposed: Value): { state: Value; replacing: readonly (readonly string[])[] } {
    const { schema, immutablePaths, legacy } = this.resource(type);
    const plan = planned(schema, prior, proposed, immutablePaths);
    const changes = isValues(prior) && isValues(plan.state) && JSON.stringify(prior) !== JSON.stringify(plan.state);
    // A provider with the newer SDK must plan changes of computed attributes.
    return changes && !legacy && plan.replacing.length === 0 && isValues(plan.state)
      ? {
          ...plan,
          state: {
            ...plan.state,
            ...defined({
              metadata: plan.state["metadata"] && Unknown.VALUE,
              object: plan.state["object"] && Unknown.VALUE,
            }),
          },
        }
      : plan;
  }

  async apply(type: string, prior: Value, desired: Value): Promise<Value> {
    const managed = this.resource(type);
    if (isValues(prior) && isValues(desired))
      return this.recorded("update", type, desired, () => managed.update(prior, desired));
    if (isValues(desired)) return this.recorded("create", type, desired, () => managed.create(desired));
    if (isValues(prior)) await this.recorded("destroy", type, prior, () => managed.remove(prior));
    return null;
  }

  private async recorded<T>(
    action: Entry["action"],
    type: string,
    values: Values,
    operation: () => Promise<T>,
  ): Promise<T> {
    const began = new Date().toISOString();
    // Objects have their name in the metadata block, releases as an attribute (their metadata is read-only).
    const named = ["namespace", "name"].flatMap((step) => [at(values, ["metadata", step]), values[step]]);
    const name = [...new Set(named.filter((part) => typeof part === "string"))].join("/");
    const record = (error?: unknown): void => {
      const message = error === undefined ? undefined : String(error);
      const entry: Entry = {
        action,
        type,
        name,
        began,
        ended: new Date().toISOString(),
        ...defined({ error: message }),
      };
      if (this.journal !== undefined) appendFileSync(this.journal, `${JSON.stringify(entry)}\n`);
    };
    try {
      const result = await operation();
      record();
      return result;
    } catch (error) {
      record(error);
      throw error;
    }
  }
}
