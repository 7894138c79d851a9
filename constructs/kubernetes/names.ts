import { Name, type NameRule } from "../core/name";
import type { NameOwner } from "../core/name-claims";
import { hashOf } from "../core/text";
import { isToken } from "../core/token";

/**
 * The three forms of names in the Kubernetes API, as `apimachinery/pkg/util/validation` of Kubernetes 1.35 checks them.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
const FORMS = {
  /** RFC 1123 label: may start with a digit. */
  label: { maxLength: 63, pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/ },
  /** RFC 1035 label: starts with a letter, because it becomes a DNS name. */
  letterLabel: { maxLength: 63, pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/ },
  /** RFC 1123 subdomain: labels separated by dots. */
  subdomain: { maxLength: 253, pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/ },
} as const;

/** Names of objects and their parts, by the form that the API server requires. */
export const OBJECT_NAMES = {
  namespace: { service: "namespace", ...FORMS.label },
  /** The names of its ReplicaSets have a suffix of up to eleven characters, a hyphen and a hash, and the same limit of 253. */
  deployment: { service: "Deployment", ...FORMS.subdomain, maxLength: 242 },
  /** From 1.34 on a feature gate, which is off by default, also allows a digit at the start. */
  service: { service: "Service", ...FORMS.letterLabel },
  disruptionBudget: { service: "PodDisruptionBudget", ...FORMS.subdomain },
  autoscaler: { service: "HorizontalPodAutoscaler", ...FORMS.subdomain },
  ingress: { service: "Ingress", ...FORMS.subdomain },
  ingressClass: { service: "IngressClass", ...FORMS.subdomain },
  serviceAccount: { service: "ServiceAccount", ...FORMS.subdomain },
  configMap: { service: "ConfigMap", ...FORMS.subdomain },
  secret: { service: "Secret", ...FORMS.subdomain },
  storageClass: { service: "StorageClass", ...FORMS.subdomain },
  claim: { service: "PersistentVolumeClaim", ...FORMS.subdomain },
  /** The names of its pods have a suffix of a hyphen and five characters, and are labels of at most 63. */
  job: { service: "Job", ...FORMS.subdomain, maxLength: 63 },
  /** The names of its jobs have a suffix of a hyphen and ten digits. */
  cronJob: { service: "CronJob", ...FORMS.subdomain, maxLength: 52 },
  secretProviderClass: { service: "SecretProviderClass", ...FORMS.subdomain },
  resourceQuota: { service: "ResourceQuota", ...FORMS.subdomain },
  limitRange: { service: "LimitRange", ...FORMS.subdomain },
  networkPolicy: { service: "NetworkPolicy", ...FORMS.subdomain },
  priorityClass: { service: "PriorityClass", ...FORMS.subdomain },
  container: { service: "container", ...FORMS.label },
  volume: { service: "volume", ...FORMS.label },
  /** Shorter, because charts append up to ten characters for the names of objects. Source: Helm, `pkg/chartutil/validate_name.go`. */
  release: { service: "Helm release", ...FORMS.subdomain, maxLength: 53 },
} as const satisfies Record<string, NameRule>;

/** Returns the name of an object that is created; rejects a name that the API server would reject, or that another object has. */
export function claimName(name: string, rule: NameRule, namespace: string, owner: NameOwner): string {
  Name.check(name, rule, owner);
  Name.claim(`${namespace}/${name}`, { service: rule.service, maxLength: Infinity, pattern: /^/ }, owner);
  return name;
}

/**
 * Derives a DNS label from a text of the user. A text that is a label remains unchanged; any other text ends in eight digits of
 * its hash, so that different texts have different labels.
 *
 * @example derivedLabel("web", OBJECT_NAMES.service) // "web"; "3scale" becomes "s-3scale-" and the hash
 */
export function derivedLabel(text: string, rule: NameRule): string {
  if (isToken(text) || (text.length <= rule.maxLength && rule.pattern.test(text))) return text;
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const lettered = /^[a-z]/.test(slug) ? slug : `${rule.service.charAt(0).toLowerCase()}-${slug}`.replace(/-$/, "");
  return `${lettered.slice(0, rule.maxLength - 9).replace(/-+$/, "")}-${hashOf(text)}`;
}
