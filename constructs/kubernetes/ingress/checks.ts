import { tagViolations } from "../../core/tags";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { isGroupAnnotation } from "./annotations";
import type { IngressGroupProps } from "./ingress-group";
import type { IngressMemberProps } from "./ingress-member";
import { ING001, ING002, ING003, ING004, ING005, ING006, ING010, ING011, ING014, ING015 } from "../rules";

const LOAD_BALANCER_NAME = /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/;

/** Violations of the settings of the load balancer. */
export function groupViolations(props: IngressGroupProps, at: Location): Violation[] {
  const { inbound = [], tags = {}, attributes = {}, listeners } = props;
  const texts = [...Object.entries(tags), ...Object.entries(attributes)];
  return [
    ...nameViolations(props, at),
    ...(listeners?.violations(at) ?? []),
    ...tagViolations(tags, at),
    ...inbound
      .filter(({ kind }) => kind === "group")
      .map(({ value }) =>
        ING014.violation({
          at,
          given: `inbound security group ${value}`,
          fix: "use an address block or a prefix list",
        }),
      ),
    ...texts
      .filter(([key, value]) => /[,=]/.test(key) || value.includes(","))
      .map(([key, value]) =>
        ING015.violation({ at, given: `"${key}" = "${value}"`, fix: "remove the comma or equals sign" }),
      ),
  ];
}

function nameViolations({ name, loadBalancerName }: IngressGroupProps, at: Location): Violation[] {
  const fix = "use letters, digits and hyphens";
  return [
    ...(isToken(name) || (name.length <= 63 && /^([a-z0-9][-a-z0-9.]*)?[a-z0-9]$/.test(name))
      ? []
      : [ING001.violation({ at, given: `group name "${name}" (${name.length} characters)`, fix })]),
    ...(loadBalancerName === undefined || isToken(loadBalancerName) || LOAD_BALANCER_NAME.test(loadBalancerName)
      ? []
      : [
          ING006.violation({
            at,
            given: `load balancer name "${loadBalancerName}" (${loadBalancerName.length} characters)`,
            fix: `${fix}, at most 32`,
          }),
        ]),
  ];
}

/** Violations of a member by itself. */
export function memberViolations(member: IngressMemberProps, onInstances: boolean, at: Location): Violation[] {
  const { name, order, service } = member;
  const foreign = Object.keys(member.annotations ?? {}).filter(isGroupAnnotation);
  return [
    ...(Number.isInteger(order) && order >= -1000 && order <= 1000
      ? []
      : [ING002.violation({ at, given: `${name} has order ${order}`, fix: "use a whole number from -1000 to 1000" })]),
    ...(onInstances && !service.onNodes
      ? [
          ING010.violation({
            at,
            given: `${name} routes to ${service.serviceName}, which has no node port`,
            fix: 'set Exposure.onNodes() on the service, or targetType "ip" on the group',
          }),
        ]
      : []),
    ...foreign.map((key) =>
      ING011.violation({
        at,
        given: `${name} has annotation ${key}`,
        fix: "set it on the IngressGroup, for all members",
      }),
    ),
  ];
}

/** Conflicts of a member with the existing members of its group. */
export function conflictViolations(
  member: IngressMemberProps,
  others: readonly IngressMemberProps[],
  at: Location,
): Violation[] {
  const sameOrder = others.find(({ order }) => order === member.order);
  const samePath = others.find((other) => routeOf(other) === routeOf(member));
  const shadowed = others.filter((other) => shadows(member, other) || shadows(other, member));
  return [
    ...(sameOrder === undefined
      ? []
      : [
          ING003.violation({
            at,
            given: `${member.name} and ${sameOrder.name} both have order ${member.order}`,
            fix: "use a different order for each",
          }),
        ]),
    ...(samePath === undefined
      ? []
      : [
          ING004.violation({
            at,
            given: `${member.name} and ${samePath.name} both match ${routeOf(member)}`,
            fix: "change the path or host of one of them",
          }),
        ]),
    ...shadowed.map((other) => {
      const [all, behind] = shadows(member, other) ? [member, other] : [other, member];
      return ING005.violation({
        at,
        given: `${all.name} matches every request at order ${all.order}, before ${behind.name} at order ${behind.order}`,
        fix: `give ${all.name} the highest order`,
      });
    }),
  ];
}

function routeOf({ host = "every host", path = "/", pathType = "Prefix" }: IngressMemberProps): string {
  return `${host} ${path} (${pathType})`;
}

/** Whether a member matches every request before the other member is evaluated. */
function shadows(member: IngressMemberProps, other: IngressMemberProps): boolean {
  const { path = "/", pathType = "Prefix", host } = member;
  const everything = pathType === "Prefix" ? path === "/" : pathType !== "Exact" && path === "/*";
  return host === undefined && everything && member.order < other.order;
}
