import { defined } from "../../core/defined";
import { tagViolations } from "../../core/tags";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { annotationViolations } from "../labels";
import { isWhole } from "../whole-number";
import { isGroupAnnotation, PREFIX, prefixed } from "./annotations";
import { repeatedAnnotations } from "./group-annotations";
import { healthCheckViolations } from "./health-check";
import { isSameRoute, isShadowed, matchesEverything, routeText, routeViolations } from "./route";
import { targetGroupViolations } from "./target-group";
import type { IngressGroupProps } from "./ingress-group";
import type { IngressMemberProps } from "./ingress-member";
import {
  ING001,
  ING002,
  ING003,
  ING004,
  ING005,
  ING006,
  ING010,
  ING011,
  ING014,
  ING015,
  ING021,
  ING023,
  ING024,
} from "../rules";

const WEB_ACL_ARN = /^arn:aws[\w-]*:wafv2:[\w-]+:\d{12}:regional\/webacl\/[^/\s,]+\/[^/\s,]+$/;
const LOAD_BALANCER_NAME = /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/;

/** Violations of the settings of the load balancer. */
export function groupViolations(props: IngressGroupProps, at: Location): Violation[] {
  const { inbound = [], tags = {}, attributes = {}, listeners } = props;
  const texts = [...Object.entries(tags), ...Object.entries(attributes)];
  return [
    ...nameViolations(props, at),
    ...(listeners?.violations(at) ?? []),
    ...annotationPropViolations(props, at),
    ...listViolations(props, at),
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

/** Violations of settings that contradict a domain. */
export function domainViolations(
  { domain, listeners, waitForLoadBalancer }: IngressGroupProps,
  at: Location,
): Violation[] {
  if (domain === undefined) return [];
  return [
    ...(listeners === undefined
      ? []
      : [
          ING024.violation({
            at,
            given: "a domain and listeners",
            fix: "omit listeners: the domain has HTTPS with a redirect",
          }),
        ]),
    ...(waitForLoadBalancer === false
      ? [
          ING024.violation({
            at,
            given: "a domain without waiting for the load balancer",
            fix: "omit waitForLoadBalancer",
          }),
        ]
      : []),
  ];
}

/** Further annotations are about the load balancer, and no prop of their own sets them. */
function annotationPropViolations(props: IngressGroupProps, at: Location): Violation[] {
  const { annotations = {} } = props;
  const keys = Object.keys(annotations);
  return [
    ...annotationViolations(prefixed(annotations), at),
    ...keys
      .filter((key) => !isGroupAnnotation(key))
      .map((key) => ING021.violation({ at, given: `annotation ${key}`, fix: "set it on the members" })),
    ...repeatedAnnotations(props).map((key) =>
      ING021.violation({ at, given: `annotation ${key}`, fix: "use the prop of the group with this setting" }),
    ),
  ];
}

/** Values that the controller reads from comma-separated lists, and the ARN of the web ACL. */
function listViolations({ subnetIds = [], webAclArn }: IngressGroupProps, at: Location): Violation[] {
  const isArn = webAclArn === undefined || isToken(webAclArn) || WEB_ACL_ARN.test(webAclArn);
  return [
    ...subnetIds
      .filter((subnet) => !isToken(subnet) && !/^[^\s,]+$/.test(subnet))
      .map((subnet) => ING015.violation({ at, given: `subnet "${subnet}"`, fix: "give each subnet by its id" })),
    ...(isArn
      ? []
      : [
          ING023.violation({
            at,
            given: `web ACL "${webAclArn}"`,
            fix: "use an ARN such as arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/name/id",
          }),
        ]),
  ];
}

function isGrpc({ annotations = {} }: IngressMemberProps): boolean {
  return prefixed(annotations)[`${PREFIX}backend-protocol-version`] === "GRPC";
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
    ...routeViolations(member, at),
    ...healthCheckViolations(
      { ...defined({ path: member.service.healthPath }), ...member.healthCheck },
      isGrpc(member),
      at,
    ),
    ...targetGroupViolations(member, at),
    ...annotationViolations(prefixed(member.annotations ?? {}), at),
    ...(isWhole(order, -1000, 1000)
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
  const samePath = others.find((other) => isSameRoute(member, other));
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
      ? shadowViolations(member, others, at)
      : [
          ING004.violation({
            at,
            given: `${member.name} and ${samePath.name} both match ${routeText(member)}`,
            fix: "change the path or host of one of them",
          }),
        ]),
  ];
}

/** Members that receive no request since this member was added: it is shadowed, or shadows others. */
function shadowViolations(
  member: IngressMemberProps,
  others: readonly IngressMemberProps[],
  at: Location,
): Violation[] {
  return [member, ...others].flatMap((behind) => {
    const before = [...others, member].filter(({ order }) => order < behind.order);
    if ((behind !== member && !before.includes(member)) || !isShadowed(behind, before)) return [];
    const single = before.find((one) => isShadowed(behind, [one]));
    return [shadowViolation(behind, single === undefined ? before : [single], at)];
  });
}

function shadowViolation(behind: IngressMemberProps, before: readonly IngressMemberProps[], at: Location): Violation {
  const names = before.map(({ name }) => name).join(", ");
  const lowest = Math.min(...before.map(({ order }) => order));
  const requests = before.some(matchesEverything) ? "every request" : `every request for ${routeText(behind)}`;
  return ING005.violation({
    at,
    given: `${names} matches ${requests} at order ${lowest}, before ${behind.name} at order ${behind.order}`,
    fix: matchesEverything(before[0] ?? behind)
      ? `give ${names} the highest order`
      : `give ${behind.name} an order below ${lowest}`,
  });
}
