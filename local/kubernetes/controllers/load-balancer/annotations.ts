import { CONTROLLER_CHART } from "./controller-chart";
import { type Release, valueAt } from "../releases";

/** Prefix of the annotations that the load balancer controller reads. */
export const PREFIX = "alb.ingress.kubernetes.io/";

/** Annotations of an object without their prefix; those of other programs are omitted. */
export function annotationsOf(metadata: {
  readonly annotations?: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value]] : [],
    ),
  );
}

/** A comma-separated list. */
export function listIn(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** A comma-separated list of `key=value`. */
export function pairsIn(text: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listIn(text).map((pair) => {
      const [key = "", ...value] = pair.split("=");
      return [key, value.join("=")];
    }),
  );
}

/** The settings of the ingress class in the values of the controller's chart, as annotations: they override those of an Ingress. */
export function classAnnotations({ chart, values }: Release): Readonly<Record<string, string>> {
  if (chart !== CONTROLLER_CHART) return {};
  const spec = (valueAt(values, "ingressClassParams", "spec") ?? {}) as Readonly<Record<string, unknown>>;
  const { scheme, inboundCIDRs, certificateArn, sslPolicy, targetType, subnets, tags, loadBalancerAttributes } = spec;
  const found = {
    scheme,
    "inbound-cidrs": joined(inboundCIDRs),
    "certificate-arn": joined(certificateArn),
    "ssl-policy": sslPolicy,
    "target-type": targetType,
    subnets: joined((subnets as { ids?: unknown } | undefined)?.ids),
    tags: joinedPairs(tags),
    "load-balancer-attributes": joinedPairs(loadBalancerAttributes),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (typeof value === "string" && value !== "" ? [[key, value]] : [])),
  );
}

function joined(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : "";
}

function joinedPairs(value: unknown): string {
  const pairs = (value ?? []) as readonly { readonly key: string; readonly value: string }[];
  return pairs.map(({ key, value: text }) => `${key}=${text}`).join(",");
}
