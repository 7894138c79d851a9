import type { Collection, KubernetesApi } from "../api";
import { ApiError } from "../api";
import { FIXED_OF_RELEASE } from "./facts";
import type { Managed } from "./managed";
import type { Block } from "./schema";
import type { Value, Values } from "./values";
import { Unknown } from "./values";

/** Marks what stands for a release: nothing of its chart is installed, for charts cannot be had without a download. */
export const RELEASE_LABEL = "groundwork.example/helm-release";

/**
 * A Helm release, as a record in the cluster: a ConfigMap with the chart, its version and the values it was told.
 *
 * What it cannot show: that the chart exists, takes these values, and becomes ready.
 */
export class HelmRelease implements Managed {
  readonly legacy = false;
  readonly fixed = FIXED_OF_RELEASE;

  constructor(
    readonly schema: Block,
    private readonly api: () => KubernetesApi,
  ) {}

  async create(planned: Values): Promise<Values> {
    if (planned["create_namespace"] === true) await this.makeNamespace(namespaceOf(planned));
    await this.api().create(collectionOf(planned), record(planned, 1));
    return remembered(planned, 1);
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
    return remembered(planned, revision);
  }

  async remove(state: Values): Promise<void> {
    await this.api().remove(collectionOf(state), recordName(state));
  }

  private async makeNamespace(name: string): Promise<void> {
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
      ...(version === undefined ? {} : { version }),
      values: JSON.stringify(state["values"] ?? null),
      revision: `${revision}`,
    },
  };
}

/** What nobody knew before: the provider's own words about the release. */
function remembered(planned: Values, revision: number): Values {
  const name = text(planned["name"]) ?? "";
  const version = text(planned["version"]) ?? "";
  const said: Values = {
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
      value === Unknown.VALUE ? (said[key] ?? DEFAULTS[key] ?? null) : value,
    ]),
  );
}

/** What Helm does where nobody says otherwise. */
const DEFAULTS: Values = { timeout: 300, wait: true, render_subchart_notes: true, max_history: 0 };

function revisionOf(state: Values): number {
  const metadata = state["metadata"] as Readonly<Record<string, Value>> | null | undefined;
  return Number(metadata?.["revision"] ?? 1);
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
