import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import type { KubernetesApi, LiveObject } from "../api";
import { RELEASE_LABEL } from "../provider/helm-release";

/** A deployed Helm release: a record of the stand-in provider, or of Helm itself. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** Name of the chart. */
  readonly chart: string;
  /** Version of the chart. */
  readonly version: string;
  readonly values: Values;
}

/** Values of a chart. */
export type Values = Readonly<Record<string, unknown>>;

/** The deployed Helm releases of a cluster. */
export async function deployedReleases(api: KubernetesApi): Promise<readonly Release[]> {
  const [records, secrets] = await Promise.all([
    api.list({ apiVersion: "v1", plural: "configmaps" }, RELEASE_LABEL),
    api.list({ apiVersion: "v1", plural: "secrets" }, "owner=helm,status=deployed"),
  ]);
  return [...records.map(fromRecord), ...secrets.flatMap(fromSecret)];
}

/** The releases of a chart. */
export async function releasesOf(api: KubernetesApi, chart: string): Promise<readonly Release[]> {
  return (await deployedReleases(api)).filter((release) => release.chart === chart);
}

/** A value below nested keys: `valueAt(values, "autoDiscovery", "clusterName")`. */
export function valueAt(values: Values, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Values)[key] : undefined),
    values,
  );
}

/** A text below nested keys; empty without one. */
export function textAt(values: Values, ...keys: readonly string[]): string {
  const value = valueAt(values, ...keys);
  return typeof value === "string" ? value : "";
}

/** The ConfigMap that the stand-in for the Helm provider writes. */
function fromRecord({ metadata, data }: LiveObject): Release {
  const { chart = "", version = "", values = "null" } = (data ?? {}) as Readonly<Record<string, string>>;
  const documents = (JSON.parse(values) as readonly string[] | null) ?? [];
  return {
    name: metadata.labels?.[RELEASE_LABEL] ?? "",
    namespace: metadata.namespace ?? "",
    chart,
    version,
    values: Object.assign({}, ...documents.map((text) => parse(text) as unknown)) as Values,
  };
}

/** Helm's own record: JSON, compressed and encoded twice, since Kubernetes encodes the data of every Secret. */
function fromSecret({ metadata, type, data }: LiveObject): readonly Release[] {
  const { release: text } = (data ?? {}) as { readonly release?: string };
  if (type !== "helm.sh/release.v1" || text === undefined) return [];
  const compressed = Buffer.from(Buffer.from(text, "base64").toString(), "base64");
  const { name, chart, config } = JSON.parse(gunzipSync(compressed).toString()) as HelmRecord;
  const { name: chartName, version = "" } = chart.metadata;
  const values = { ...chart.values, ...config };
  return [{ name, namespace: metadata.namespace ?? "", chart: chartName, version, values }];
}

/** What Helm stores of a release, in the namespace of the release. */
interface HelmRecord {
  readonly name: string;
  readonly chart: { readonly metadata: { readonly name: string; readonly version?: string }; readonly values?: Values };
  readonly config?: Values | null;
}
