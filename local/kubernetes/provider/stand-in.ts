import { appendFileSync } from "node:fs";
import { API_TYPES } from "@groundwork/constructs/kubernetes/conversion";
import { KubernetesApi } from "../api";
import type { ApiAccess } from "../api";
import { Declarations } from "./declarations";
import { HelmRelease } from "./helm-release";
import { KubernetesResource } from "./kubernetes-resource";
import type { Managed } from "./managed";
import { at, planned } from "./plan";
import type { Block } from "./schema";
import type { Value, Values } from "./values";
import { isValues, Unknown } from "./values";

/** What the stand-in did, one line of its journal. */
export interface Entry {
  readonly action: "create" | "update" | "destroy";
  readonly type: string;
  readonly name: string;
  readonly began: string;
  readonly ended: string;
  readonly error?: string;
}

/** A provider that stands in for another one. */
export class StandIn {
  /** Stands in for `hashicorp/kubernetes`. */
  static kubernetes(access: ApiAccess, journal?: string): StandIn {
    const packageName = "@cdktf/provider-kubernetes";
    const api = new KubernetesApi(access);
    const managed = Object.entries(API_TYPES).map(([name, type]): [string, Managed] => {
      const folder = name.replace("kubernetes_", "").replaceAll("_", "-");
      return [name, new KubernetesResource(type, Declarations.of(packageName, folder).block(), () => api)];
    });
    return new StandIn(Declarations.of(packageName, "provider").block(), new Map(managed), journal);
  }

  /** Stands in for `hashicorp/helm`. */
  static helm(access: ApiAccess, journal?: string): StandIn {
    const packageName = "@cdktf/provider-helm";
    const api = new KubernetesApi(access);
    const release = new HelmRelease(Declarations.of(packageName, "release").block(), () => api);
    return new StandIn(Declarations.of(packageName, "provider").block(), new Map([["helm_release", release]]), journal);
  }

  constructor(
    readonly provider: Block,
    readonly managed: ReadonlyMap<string, Managed>,
    private readonly journal?: string,
  ) {}

  resource(type: string): Managed {
    const found = this.managed.get(type);
    if (found === undefined) throw new Error(`the stand-in knows no ${type}`);
    return found;
  }

  async read(type: string, state: Value): Promise<Value> {
    return isValues(state) ? ((await this.resource(type).read(state)) ?? null) : null;
  }

  plan(type: string, prior: Value, proposed: Value): { state: Value; replacing: readonly (readonly string[])[] } {
    const { schema, fixed, legacy } = this.resource(type);
    const plan = planned(schema, prior, proposed, fixed);
    const changes = isValues(prior) && isValues(plan.state) && JSON.stringify(prior) !== JSON.stringify(plan.state);
    // A newer provider has to say beforehand that its own words will change.
    return changes && !legacy && plan.replacing.length === 0 && isValues(plan.state)
      ? {
          ...plan,
          state: { ...plan.state, ...(plan.state["metadata"] === undefined ? {} : { metadata: Unknown.VALUE }) },
        }
      : plan;
  }

  async apply(type: string, prior: Value, wanted: Value): Promise<Value> {
    const managed = this.resource(type);
    if (isValues(prior) && isValues(wanted))
      return this.noted("update", type, wanted, () => managed.update(prior, wanted));
    if (isValues(wanted)) return this.noted("create", type, wanted, () => managed.create(wanted));
    if (isValues(prior)) await this.noted("destroy", type, prior, () => managed.remove(prior));
    return null;
  }

  private async noted<T>(action: Entry["action"], type: string, values: Values, act: () => Promise<T>): Promise<T> {
    const began = new Date().toISOString();
    // Objects have their name in a block, releases beside it (their metadata is only filled in by the provider).
    const named = ["namespace", "name"].flatMap((step) => [at(values, ["metadata", step]), values[step]]);
    const name = [...new Set(named.filter((part) => typeof part === "string"))].join("/");
    const note = (error?: unknown): void => {
      const problem = error === undefined ? {} : { error: String(error) };
      const entry: Entry = { action, type, name, began, ended: new Date().toISOString(), ...problem };
      if (this.journal !== undefined) appendFileSync(this.journal, `${JSON.stringify(entry)}\n`);
    };
    try {
      const result = await act();
      note();
      return result;
    } catch (error) {
      note(error);
      throw error;
    }
  }
}
