import type { ApiObject } from "@groundwork/constructs/kubernetes/manifests";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { objectsOf } from "../kubernetes/expected";
import { balancerFact, ruleFact } from "./summary";

const PREFIX = "alb.ingress.kubernetes.io/";

interface Path {
  readonly path: string;
  readonly pathType: string;
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly number: number } } };
}

/** The load balancer of each group of Ingresses of a stack, which the controller in the cluster creates, and its rules in their order. */
export function expectedLoadBalancers(stack: SynthesizedStack): readonly Fact[] {
  return groupsOf(stack).flatMap((group) => {
    const members = ingressesOf(stack)
      .filter((ingress) => annotation(ingress, "group.name") === group)
      .sort((one, other) => Number(annotation(one, "group.order")) - Number(annotation(other, "group.order")));
    const rules = members.flatMap(pathsOf).map(({ path, pathType, backend: { service } }) => ({
      patterns: pathType === "Prefix" ? prefixPatterns(path) : [path],
      service: service.name,
    }));
    return [
      balancerFact(group, [{ scheme: annotation(members[0], "scheme"), listeners: listenersOf(members[0]) }]),
      ...rules.map((rule, index) => ruleFact(group, index + 1, rule)),
    ];
  });
}

/** The groups of Ingresses of a stack. */
export function groupsOf(stack: SynthesizedStack): readonly string[] {
  return [...new Set(ingressesOf(stack).map((ingress) => annotation(ingress, "group.name")))];
}

/** The Ingresses of a stack that belong to a group. */
export function ingressesOf(stack: SynthesizedStack): readonly ApiObject[] {
  return objectsOf(stack).filter((object) => object.kind === "Ingress" && annotation(object, "group.name") !== "");
}

function pathsOf(ingress: ApiObject): readonly Path[] {
  const { rules } = ingress["spec"] as { readonly rules: readonly { readonly http: { paths: readonly Path[] } }[] };
  return rules.flatMap(({ http }) => http.paths);
}

function prefixPatterns(path: string): readonly string[] {
  const base = path.replace(/\/$/, "");
  return base === "" ? ["/*"] : [base, `${base}/*`];
}

/** The listeners as the annotation lists them; HTTP on port 80 without it. */
function listenersOf(ingress: ApiObject | undefined): readonly string[] {
  const text = annotation(ingress, "listen-ports");
  const ports = JSON.parse(text === "" ? '[{"HTTP":80}]' : text) as readonly Readonly<Record<string, number>>[];
  return ports.flatMap((entry) => Object.entries(entry).map(([protocol, port]) => `${protocol} ${port}`));
}

function annotation(object: ApiObject | undefined, name: string): string {
  const annotations = (object?.metadata["annotations"] ?? {}) as Readonly<Record<string, string>>;
  return annotations[`${PREFIX}${name}`] ?? "";
}
