import { isIP } from "node:net";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";

/**
 * Validation rules of the Kubernetes API 1.35 for the objects that the library creates, restated independently of the library for
 * tests without an API server. `test/cloud/kubernetes-limits.test.ts` compares them with a real server.
 */

type Fields = Readonly<Record<string, unknown>>;

const INT32 = 2 ** 31 - 1;
const labelParts = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const label = (text: unknown): boolean => fits(text, 63, `^${labelParts}$`);
const subdomain = (text: unknown): boolean => fits(text, 253, `^${labelParts}(\\.${labelParts})*$`);
const letterLabel = (text: unknown): boolean => fits(text, 63, "^[a-z]([-a-z0-9]*[a-z0-9])?$");
const portName = (text: unknown): boolean => fits(text, 15, "^[a-z0-9]+(-[a-z0-9]+)*$") && /[a-z]/.test(String(text));
const labelValue = (text: unknown): boolean => text === "" || fits(text, 63, "^[A-Za-z0-9]([-\\w.]*[A-Za-z0-9])?$");

function fits(text: unknown, maxLength: number, pattern: string): boolean {
  return typeof text === "string" && text.length <= maxLength && new RegExp(pattern).test(text);
}

function qualifiedName(key: string): boolean {
  const [first = "", second, ...more] = key.split("/");
  if (more.length > 0) return false;
  return second === undefined
    ? key !== "" && labelValue(first)
    : subdomain(first) && second !== "" && labelValue(second);
}

function integer(value: unknown, min: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= INT32;
}

const NAME_RULES: Readonly<Record<string, (text: unknown) => boolean>> = {
  Namespace: label,
  Service: letterLabel,
};

/** Fields of an object that the API server would reject. */
export function apiErrors(object: ApiObject): readonly string[] {
  const errors: string[] = [];
  const check = (valid: boolean, field: string): void => {
    if (!valid) errors.push(`${object.kind} ${field}`);
  };
  const { name, namespace, labels = {}, annotations = {} } = object.metadata as Record<string, Fields | undefined>;
  check((NAME_RULES[object.kind] ?? subdomain)(name), "name");
  if (namespace !== undefined) check(label(namespace), "namespace");
  checkLabels(labels, "labels", check);
  for (const key of Object.keys(annotations)) check(qualifiedName(key.toLowerCase()), `annotation ${key}`);
  const spec = (object["spec"] ?? {}) as Fields;
  CHECKS[object.kind]?.(spec, check);
  return errors;
}

type Check = (valid: boolean, field: string) => void;

const CHECKS: Readonly<Record<string, (spec: Fields, check: Check) => void>> = {
  Deployment: deploymentChecks,
  Service: serviceChecks,
  PodDisruptionBudget: ({ minAvailable = 0, maxUnavailable = 0 }, check) => {
    check(integer(minAvailable, 0) && integer(maxUnavailable, 0), "budget");
  },
  HorizontalPodAutoscaler: (spec, check) => {
    const [metric] = spec["metrics"] as { resource: { target: Fields } }[];
    check(integer(spec["minReplicas"], 1), "minReplicas");
    check(integer(spec["maxReplicas"], spec["minReplicas"] as number), "maxReplicas");
    check(integer(metric?.resource.target["averageUtilization"], 1), "averageUtilization");
    check(subdomain((spec["scaleTargetRef"] as Fields)["name"]), "scaleTargetRef");
  },
  Ingress: ingressChecks,
};

function checkLabels(labels: Fields, field: string, check: Check): void {
  for (const [key, value] of Object.entries(labels))
    check(qualifiedName(key) && labelValue(value), `${field} ${key}=${String(value)}`);
}

function deploymentChecks(spec: Fields, check: Check): void {
  const selector = (spec["selector"] as { matchLabels?: Fields }).matchLabels ?? {};
  const template = spec["template"] as { metadata: { labels?: Fields; annotations?: Fields }; spec: Fields };
  for (const key of Object.keys(template.metadata.annotations ?? {}))
    check(qualifiedName(key.toLowerCase()), "annotation");
  check(Object.keys(selector).length > 0, "empty selector");
  checkLabels(selector, "selector", check);
  for (const [key, value] of Object.entries(selector)) check(template.metadata.labels?.[key] === value, "selector");
  if (spec["replicas"] !== undefined) check(integer(spec["replicas"], 0), "replicas");
  const deadline = (spec["progressDeadlineSeconds"] ?? 600) as number;
  check(((spec["minReadySeconds"] ?? 0) as number) < deadline && deadline <= INT32, "deadline");
  rollingChecks(spec["strategy"] ?? {}, check);
  podChecks(template.spec, check);
}

function rollingChecks({ rollingUpdate = {} }: { readonly rollingUpdate?: Fields }, check: Check): void {
  const shares = ["maxSurge", "maxUnavailable"].map((key) => rollingUpdate[key] ?? "25%");
  for (const share of shares) check(integer(share, 0) || /^\d+%$/.test(String(share)), "rollingUpdate");
  check(
    shares.some((share) => Number.parseInt(String(share)) !== 0),
    "rollingUpdate 0",
  );
  check(!/^(10[1-9]|1[1-9]\d|[2-9]\d\d|\d{4,})%$/.test(String(shares[1])), "maxUnavailable");
}

function podChecks(pod: Fields, check: Check): void {
  const containers = pod["containers"] as Fields[];
  const volumes = ((pod["volumes"] ?? []) as Fields[]).map((volume) => volume["name"]);
  for (const volume of volumes) check(label(volume), `volume ${String(volume)}`);
  check(new Set(volumes).size === volumes.length, "volumes");
  checkLabels((pod["nodeSelector"] ?? {}) as Fields, "nodeSelector", check);
  if ((pod["serviceAccountName"] ?? "") !== "") check(subdomain(pod["serviceAccountName"]), "serviceAccountName");
  const grace = pod["terminationGracePeriodSeconds"] ?? 30;
  check(Number.isInteger(grace), "terminationGracePeriodSeconds");
  const user = (pod["securityContext"] as Fields | undefined)?.["runAsUser"] ?? 1;
  check(integer(user, 0), "runAsUser");
  for (const { key = "", value = "" } of (pod["tolerations"] ?? []) as Fields[])
    check((key === "" || qualifiedName(String(key))) && labelValue(value), "toleration");
  for (const container of containers) containerChecks(container, volumes, check);
}

function containerChecks(container: Fields, volumes: readonly unknown[], check: Check): void {
  check(label(container["name"]), "container name");
  check(typeof container["image"] === "string" && container["image"] !== "", "image");
  for (const { name } of (container["env"] ?? []) as Fields[]) check(/^[ -<>-~]+$/.test(String(name)), "env");
  for (const { containerPort, name } of (container["ports"] ?? []) as Fields[]) {
    check(integer(containerPort, 1) && (containerPort as number) <= 65_535, "containerPort");
    check(name === undefined || name === "" || portName(name), "port name");
  }
  const mounts = (container["volumeMounts"] ?? []) as Fields[];
  for (const { name, mountPath } of mounts) check(volumes.includes(name) && mountPath !== "", "volumeMount");
  check(new Set(mounts.map(({ mountPath }) => mountPath)).size === mounts.length, "mountPath");
  for (const kind of ["startupProbe", "readinessProbe", "livenessProbe"]) {
    const probe = (container[kind] ?? {}) as Fields;
    for (const field of ["periodSeconds", "timeoutSeconds", "failureThreshold"])
      check(integer(probe[field] ?? 1, 0), `${kind} ${field}`);
  }
}

function serviceChecks(spec: Fields, check: Check): void {
  checkLabels((spec["selector"] ?? {}) as Fields, "selector", check);
  for (const { port, name, nodePort = 30_000 } of spec["ports"] as Fields[]) {
    check(integer(port, 1) && (port as number) <= 65_535, "port");
    check(name === undefined || label(name), "port name");
    check(integer(nodePort, 30_000) && (nodePort as number) <= 32_767, "nodePort");
  }
}

function ingressChecks(spec: Fields, check: Check): void {
  check(subdomain(spec["ingressClassName"]), "ingressClassName");
  for (const { host = "", http } of spec["rules"] as { host?: string; http: { paths: Fields[] } }[]) {
    check(host === "" || (subdomain(host.replace(/^\*\./, "")) && isIP(host) === 0), `host ${host}`);
    for (const { path, pathType } of http.paths) {
      const text = String(path);
      if (text === "" && pathType === "ImplementationSpecific") continue;
      check(text.startsWith("/"), `path ${text}`);
      if (pathType === "ImplementationSpecific") continue;
      check(!/\/\/|\/\.\.?\/|\/\.\.?$|%2f/i.test(text), `path ${text}`);
    }
  }
}
