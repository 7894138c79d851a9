import { isToken } from "../../../core/token";
import type { Location, Violation } from "../../../core/violation";
import { EKS018 } from "../rules";
import type { Taint } from "./taint";

/**
 * Limits of labels and taints. Source: API reference of Amazon EKS, `CreateNodegroup`, and "Node taints on managed node groups" in
 * the user guide. Kubernetes itself allows a prefix of 253 characters and an empty value.
 */
const LIMITS = { key: 63, value: 63, taints: 50 } as const;

/**
 * Tags of an Auto Scaling group that the autoscaler's labels and taints may use: 50 without the six of EKS and the two by which the
 * autoscaler discovers the group.
 */
const TAGS_FOR_AUTOSCALER = 42;

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Domains whose labels only Kubernetes and EKS set; a kubelet does not start with others than the exceptions. */
const RESERVED = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)$/;

/** Domains below the reserved ones in which a kubelet may set labels. Source: `pkg/apis/core/v1/helper` and kubelet of Kubernetes. */
const ALLOWED_DOMAINS = /(^|\.)(kubelet|node)\.kubernetes\.io$/;
const ALLOWED_KEYS = [
  "kubernetes.io/hostname",
  "kubernetes.io/arch",
  "kubernetes.io/os",
  "kubernetes.io/instance-type",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "failure-domain.kubernetes.io/zone",
  "failure-domain.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "beta.kubernetes.io/arch",
  "beta.kubernetes.io/os",
  "beta.kubernetes.io/instance-type",
];

/** Labels and taints of a node group. */
export interface NodeMarks {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Whether the autoscaler reads them from tags. */
  readonly isAutoscaled: boolean;
}

/** Violations of rule EKS018: keys, values and numbers of labels and taints that EKS or a kubelet rejects. */
export function labelViolations(at: Location, { labels, taints, isAutoscaled }: NodeMarks): Violation[] {
  return [
    ...Object.entries(labels).flatMap(([key, value]) => oneLabel(at, key, value)),
    ...taints.flatMap((taint) => oneTaint(at, taint, taints)),
    ...counts(at, Object.keys(labels).length, taints.length, isAutoscaled),
  ];
}

function oneLabel(at: Location, key: string, value: string): Violation[] {
  const given = `label "${key}" = "${value}"`;
  if (!isKey(key)) return [EKS018.violation({ at, given, fix: KEY_FIX })];
  if (isReserved(key))
    return [
      EKS018.violation({
        at,
        given,
        fix: "use a prefix of your own: kubernetes.io, k8s.io and eks.amazonaws.com are reserved, except node.kubernetes.io/ and kubelet.kubernetes.io/",
      }),
    ];
  return value !== "" && isValue(value) ? [] : [EKS018.violation({ at, given, fix: VALUE_FIX })];
}

function oneTaint(at: Location, taint: Taint, all: readonly Taint[]): Violation[] {
  const { key, value = "", effect } = taint;
  const given = `taint "${taint.toString()}"`;
  if (!isKey(key)) return [EKS018.violation({ at, given, fix: KEY_FIX })];
  if (!isValue(value)) return [EKS018.violation({ at, given, fix: VALUE_FIX })];
  const isFirst = all.find((other) => other.key === key && other.effect === effect) === taint;
  return isFirst ? [] : [EKS018.violation({ at, given: `${given} twice`, fix: "keep one per key and effect" })];
}

function counts(at: Location, labels: number, taints: number, isAutoscaled: boolean): Violation[] {
  if (taints > LIMITS.taints)
    return [EKS018.violation({ at, given: `${taints} taints`, fix: `keep at most ${LIMITS.taints}` })];
  if (!isAutoscaled || labels + taints <= TAGS_FOR_AUTOSCALER) return [];
  const given = `${labels} labels and ${taints} taints, of which the autoscaler needs a tag each`;
  return [EKS018.violation({ at, given, fix: `keep at most ${TAGS_FOR_AUTOSCALER} together` })];
}

const KEY_FIX = `use 1 to ${LIMITS.key} letters, digits and -_. that begin and end with a letter or digit, optionally after a domain and a slash`;
const VALUE_FIX = `use 1 to ${LIMITS.value} letters, digits and -_. that begin and end with a letter or digit`;

function isKey(key: string): boolean {
  if (isToken(key)) return true;
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  const [domain] = parts;
  const isPrefixValid = parts.length === 1 || (parts.length === 2 && DOMAIN.test(domain ?? ""));
  return key.length <= LIMITS.key && isPrefixValid && NAME.test(name);
}

function isReserved(key: string): boolean {
  const [domain = ""] = key.includes("/") ? key.split("/") : [];
  return RESERVED.test(domain) && !ALLOWED_DOMAINS.test(domain) && !ALLOWED_KEYS.includes(key);
}

function isValue(value: string): boolean {
  return isToken(value) || value === "" || (value.length <= LIMITS.value && NAME.test(value));
}
