/** Prefix of the annotations that the AWS Load Balancer Controller reads. */
export const PREFIX = "alb.ingress.kubernetes.io/";

/**
 * Annotations about the load balancer itself, without their prefix (AWS Load Balancer Controller 2.13.3). Only the group sets
 * them: the controller stops reconciling the group when two members have different values, and merges others, so that one member
 * would change the settings of all.
 */
const GROUP_ANNOTATIONS: ReadonlySet<string> = new Set([
  "certificate-arn",
  "customer-owned-ipv4-pool",
  "enable-frontend-nlb",
  "frontend-nlb-listener-port-mapping",
  "frontend-nlb-scheme",
  "frontend-nlb-security-groups",
  "frontend-nlb-subnets",
  "group.name",
  "group.order",
  "inbound-cidrs",
  "ip-address-type",
  "ipam-ipv4-pool-id",
  "listen-ports",
  "load-balancer-attributes",
  "load-balancer-name",
  "manage-backend-security-group-rules",
  "minimum-load-balancer-capacity",
  "mutual-authentication",
  "scheme",
  "security-group-prefix-lists",
  "security-groups",
  "shield-advanced-protection",
  "ssl-policy",
  "ssl-redirect",
  "subnets",
  "tags",
  "target-type",
  "waf-acl-id",
  "wafv2-acl-arn",
]);

/** Whether an annotation, with or without its prefix, is about the load balancer itself. */
export function isGroupAnnotation(key: string): boolean {
  const last = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
  return (
    GROUP_ANNOTATIONS.has(last) || last.startsWith("listener-attributes.") || key === "kubernetes.io/ingress.class"
  );
}

/** Annotations with their prefix, sorted by key. */
export function prefixed(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations)
      .map(([key, value]): [string, string] => [key.includes("/") ? key : `${PREFIX}${key}`, value])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
