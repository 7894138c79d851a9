import { defined } from "@groundwork/constructs/core";
import { ApiError, type Collection, type KubernetesApi } from "../api";
import { IMMUTABLE_RELEASE_PATHS } from "./immutable-fields";
import type { Managed } from "./managed";
import type { Block } from "./schema";
import { Unknown, type Value, type Values } from "./values";

/** Label of the record of a release. The chart itself is not installed, since it would have to be downloaded. */
export const RELEASE_LABEL = "groundwork.example/helm-release";

/**
 * A Helm release, as a record in the cluster: a ConfigMap with the chart, its version and values.
 *
 * It does not verify that the chart exists, accepts these values and becomes ready.
 */
export class HelmRelease implements Managed {
  readonly legacy = false;
  readonly immutablePaths = IMMUTABLE_RELEASE_PATHS;

  constructor(
    readonly schema: Block,
    private readonly api: () => KubernetesApi,
  ) {}

  async create(planned: Values): Promise<Values> {
    if (planned["create_namespace"] === true) await this.createNamespace(namespaceOf(planned));
    await this.api().create(collectionOf(planned), record(planned, 1));
    return deployedState(planned, 1);
  }

  async read(state: Values): Promise<Values | undefined> {
    const live = await this.api().get(collectionOf(state), recordName(state));
    if (live === undefined) return undefined;
    const { chart, version, values } = live["data"] as Readonly<Record<string, string>>;
    return { ...state, chart: chart ?? null, version: version ?? null, values: JSON.parse(values ?? "null") as Value };
  }

  async update(prior: Values, planned: Values): Promise<Values> {
    const revision = revisionOf(prior) + 1;
    await this.api().replace(collectionOf(prior), recordName(prior), record(planned, revision));
    return deployedState(planned, revision);
  }

  async remove(state: Values): Promise<void> {
    await this.api().remove(collectionOf(state), recordName(state));
  }

  private async createNamespace(name: string): Promise<void> {
    try {
      await this.api().create(
        { apiVersion: "v1", plural: "namespaces" },
        { apiVersion: "v1", kind: "Namespace", metadata: { name } },
      );
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
    }
  }
}

function namespaceOf(state: Values): string {
  return text(state["namespace"]) ?? "default";
}

function collectionOf(state: Values): Collection {
  return { apiVersion: "v1", plural: "configmaps", namespace: namespaceOf(state) };
}

function recordName(state: Values): string {
  return `helm-release-${text(state["name"]) ?? ""}`;
}

function record(state: Values, revision: number): object {
  const version = text(state["version"]);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: recordName(state),
      namespace: namespaceOf(state),
      labels: { [RELEASE_LABEL]: text(state["name"]) ?? "" },
    },
    data: {
      chart: text(state["chart"]) ?? "",
      ...defined({ version }),
      values: JSON.stringify(state["values"] ?? null),
      revision: `${revision}`,
    },
  };
}

/** The planned state with the computed attributes of a deployed release. */
function deployedState(planned: Values, revision: number): Values {
  const name = text(planned["name"]) ?? "";
  const version = text(planned["version"]) ?? "";
  const computed: Values = {
    id: name,
    status: "deployed",
    version,
    namespace: namespaceOf(planned),
    metadata: {
      app_version: version,
      chart: text(planned["chart"]) ?? "",
      first_deployed: 0,
      last_deployed: 0,
      name,
      namespace: namespaceOf(planned),
      notes: "",
      revision,
      values: JSON.stringify(planned["values"] ?? null),
      version,
    },
  };
  return Object.fromEntries(
    Object.entries(planned).map(([key, value]) => [
      key,
      value === Unknown.VALUE ? (computed[key] ?? DEFAULTS[key] ?? null) : value,
    ]),
  );
}

/** Helm's defaults. */
const DEFAULTS: Values = { timeout: 300, wait: true, render_subchart_notes: true, max_history: 0 };

function revisionOf(state: Values): number {
  const metadata = state["metadata"] as Readonly<Record<string, Value>> | null | undefined;
  return Number(metadata?.["revision"] ?? 1);
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
