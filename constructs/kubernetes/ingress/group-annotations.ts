import { PREFIX } from "./annotations";
import type { IngressGroupProps } from "./ingress-group";
import { Listeners } from "./listeners";

/** Drops requests with malformed headers, which proxies may interpret in different ways (request smuggling). */
const DROP_MALFORMED_HEADERS = { "routing.http.drop_invalid_header_fields.enabled": "true" };

/** The annotations about the load balancer, without their prefix, which every member carries. */
export function groupAnnotations(props: IngressGroupProps): Readonly<Record<string, string>> {
  return { ...props.annotations, ...typedAnnotations(props) };
}

/** The further annotations of a group that a prop of its own already sets. */
export function repeatedAnnotations(props: IngressGroupProps): readonly string[] {
  const typed = new Set([...Object.keys(typedAnnotations(props)), "group.order"]);
  return Object.keys(props.annotations ?? {}).filter((key) =>
    typed.has(key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key),
  );
}

/** Pairs of a comma-separated list, sorted. */
export function pairs(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
}

function typedAnnotations(props: IngressGroupProps): Readonly<Record<string, string>> {
  const { inbound = [], attributes = DROP_MALFORMED_HEADERS } = props;
  const annotations = {
    "group.name": props.name,
    scheme: props.scheme ?? "internal",
    "target-type": props.targetType ?? "ip",
    "inbound-cidrs": inbound.filter(({ kind }) => kind !== "prefix-list").join(","),
    "security-group-prefix-lists": inbound.filter(({ kind }) => kind === "prefix-list").join(","),
    "wafv2-acl-arn": props.webAclArn ?? "",
    "load-balancer-attributes": pairs(attributes),
    "load-balancer-name": props.loadBalancerName ?? "",
    subnets: (props.subnetIds ?? []).join(","),
    tags: pairs(props.tags ?? {}),
    ...(props.listeners ?? Listeners.http()).annotations(),
  };
  return Object.fromEntries(Object.entries(annotations).filter(([, value]) => value !== ""));
}
