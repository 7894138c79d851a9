/** What the load balancer controller reads. */
export const PREFIX = "alb.ingress.kubernetes.io/";

/**
 * Settings of the load balancer itself, by the last part of their annotation (load balancer controller 2.13.3). They are
 * the group's alone: a second value on any member stops the controller for all of them, and merged ones would be changed
 * for all by one.
 */
const OF_THE_GROUP: ReadonlySet<string> = new Set([
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

/** Whether an annotation, with or without its prefix, says something about the load balancer itself. */
export function isOfTheGroup(key: string): boolean {
  const last = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
  return OF_THE_GROUP.has(last) || last.startsWith("listener-attributes.") || key === "kubernetes.io/ingress.class";
}

/** Annotations with their prefix, by key. */
export function prefixed(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(annotations)
      .map(([key, value]): [string, string] => [key.includes("/") ? key : `${PREFIX}${key}`, value])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
