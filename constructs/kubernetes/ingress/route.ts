import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { ING016, ING019, KUB014 } from "../rules";
import { covers } from "./globs";
import type { IngressMemberProps } from "./ingress-member";

/** The part of a member that determines which requests it receives. */
type Route = Pick<IngressMemberProps, "host" | "path" | "pathType" | "annotations" | "service">;

/**
 * Limits of the conditions of a load balancer's rules.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
const LIMITS = { hostLength: 128, pathLength: 128, path: /^[\w.$/~"'@:+&*?-]*$/ } as const;

/** Host names that the API server accepts in a rule: a DNS subdomain, or `*.` and one. */
const HOST = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** IPv4 addresses, which are no host names. */
const ADDRESS = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** Parts that the API server rejects in paths of the types Prefix and Exact. */
const REJECTED_IN_PATHS = /\/\/|\/\.\.?(\/|$)|%2f/i;

/** Describes a route, the same for equal routes. */
export function routeText({ host = "every host", path = "/", pathType = "Prefix" }: Route): string {
  return `${host} ${path} (${pathType})`;
}

/** Whether two routes match the same requests. Routes with further conditions are not compared. */
export function isSameRoute(one: Route, other: Route): boolean {
  return [one, other].every((route) => conditionOf(route) === undefined) && routeText(one) === routeText(other);
}

/** Whether a route receives all requests of every host. */
export function matchesEverything(route: Route): boolean {
  return route.host === undefined && covers(pathPatterns(route), "/*");
}

/**
 * Whether every request of a route matches one of the routes with lower orders, so that it receives none.
 *
 * Routes with further conditions, and with hosts or paths that are known only after apply, are not compared.
 */
export function isShadowed(route: Route, earlier: readonly Route[]): boolean {
  if (!isComparable(route) || extendsConditions(route)) return false;
  const sameHosts = earlier.filter(
    (other) =>
      isComparable(other) &&
      conditionOf(other) === undefined &&
      (other.host === undefined || (route.host !== undefined && covers([other.host], route.host))),
  );
  const patterns = sameHosts.flatMap(pathPatterns);
  return patterns.length > 0 && pathPatterns(route).every((pattern) => covers(patterns, pattern));
}

/** Violations of a route's host and path. */
export function routeViolations({ host, path = "/", pathType = "Prefix" }: Route, at: Location): Violation[] {
  return [...hostViolations(host, at), ...pathViolations(path, pathType, at)];
}

function hostViolations(host: string | undefined, at: Location): Violation[] {
  if (host === undefined || isToken(host)) return [];
  if (HOST.test(host) && !ADDRESS.test(host) && host.length <= LIMITS.hostLength) return [];
  const fix = `use a name such as shop.example.com or *.example.com in lower case, at most ${LIMITS.hostLength} characters`;
  return [ING016.violation({ at, given: `host "${host}" (${host.length} characters)`, fix })];
}

function pathViolations(path: string, pathType: string, at: Location): Violation[] {
  if (isToken(path)) return [];
  const isPattern = pathType === "ImplementationSpecific";
  if (!path.startsWith("/") || (!isPattern && (/[\s*?]/.test(path) || REJECTED_IN_PATHS.test(path))))
    return [
      KUB014.violation({
        at,
        given: `path "${path}" of type ${pathType}`,
        fix: `start with /${isPattern ? "" : ", and use no //, /./, /../, %2F, whitespace, * or ?"}`,
      }),
    ];
  if (
    LIMITS.path.test(path) &&
    pathPatterns({ path, pathType } as Route).every(({ length }) => length <= LIMITS.pathLength)
  )
    return [];
  return [
    ING019.violation({
      at,
      given: `path "${path}" (${path.length} characters)`,
      fix: `use letters, digits and _-.$/~"'@:+&, at most ${LIMITS.pathLength} characters, ${LIMITS.pathLength - 2} for the type Prefix`,
    }),
  ];
}

/** The path conditions that the controller renders: a prefix is the path itself and everything below it. */
function pathPatterns({ path = "/", pathType = "Prefix" }: Route): string[] {
  if (pathType !== "Prefix") return [path];
  if (path === "/") return ["/*"];
  const base = path.replace(/\/$/, "");
  return [base, `${base}/*`];
}

function isComparable({ host = "", path = "" }: Route): boolean {
  return !isToken(host) && !isToken(path);
}

/** The annotation with further conditions of a member's rule. */
function conditionOf({ annotations = {}, service }: Route): string | undefined {
  const key = `conditions.${service.serviceName}`;
  return Object.entries(annotations).find(([name]) => name === key || name.endsWith(`/${key}`))?.[1];
}

/** Whether further conditions add hosts or paths: such a route also receives requests of other hosts or paths. */
function extendsConditions(route: Route): boolean {
  return /host-header|path-pattern/.test(conditionOf(route) ?? "");
}
