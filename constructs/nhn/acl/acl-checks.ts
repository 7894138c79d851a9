import type { Construct } from "constructs";
import type { Cidr } from "../../core/cidr";
import { isToken } from "../../core/token";
import { type Violation, Violations } from "../../core/violation";
import { ACL_ORDERS } from "../limits";
import { NHN009, NHN010, NHN011, NHN019 } from "../rules";
import { type AclLine, type AclSubnet, INSIDE_DENY_ORDER, OUTSIDE_OFFSET, reach } from "./acl-plan";

/** Rejects rules that an ACL of NHN Cloud cannot express, before their orders are planned. */
export function checkRules(at: Construct, network: Cidr, subnets: readonly AclSubnet[]): void {
  Violations.throwIfAny(
    subnets.flatMap((subnet) => [
      ...keyViolations(at, subnet, subnets),
      ...replyViolations(at, subnet),
      ...peerViolations(at, subnet),
      ...insideViolations(at, subnet, network),
    ]),
  );
}

/** Rejects orders that NHN Cloud reserves and orders that are used twice. */
export function checkLines(at: Construct, lines: readonly AclLine[]): void {
  const orders = lines.map(({ order }) => order);
  const wrong = lines.filter(({ order, subnet }, index) => {
    const isInside = order < OUTSIDE_OFFSET + ACL_ORDERS.first && subnet !== undefined;
    const last = isInside ? INSIDE_DENY_ORDER - 1 : ACL_ORDERS.last;
    return !Number.isInteger(order) || order < ACL_ORDERS.first || order > last || orders.indexOf(order) !== index;
  });
  Violations.throwIfAny(
    wrong.map(({ order, description }) =>
      NHN009.violation({
        at,
        given: `order ${order} of "${description}" is out of range or used twice (an allow rule also uses the next order)`,
        fix: `choose "from" and rule numbers whose sum is between ${ACL_ORDERS.first} and ${INSIDE_DENY_ORDER - 2}, with a distance of two`,
      }),
    ),
  );
}

/** Ids of the ACL's own children. */
const OWN = ["Resource", "Default", "InitialRules", "Enforcement", "Binding"];

function keyViolations(at: Construct, { key }: AclSubnet, subnets: readonly AclSubnet[]): Violation[] {
  const hasSameId = subnets.some((other) => other.key !== key && idOf(other.key) === idOf(key));
  if (key.trim() !== "" && !(key in Object.prototype) && !isToken(key) && !OWN.includes(key) && !hasSameId) return [];
  const fix = 'use a noun of its own, for example "private"';
  return [NHN019.violation({ at, given: `the key "${key}" of a subnet`, fix })];
}

/** Ids of constructs contain no slash. */
function idOf(key: string): string {
  return key.replaceAll("/", "--");
}

function replyViolations(at: Construct, { key, rules }: AclSubnet): Violation[] {
  return rules.blockedReturns.map(({ deny, reply }) =>
    NHN010.violation({
      at,
      given: `rule ${deny.number} of subnet "${key}" denies ${deny.port.toString()} ${deny.direction}, which the replies of rule ${reply.number} (${reply.port.toString()}) need`,
      fix: `number the deny rule above ${reply.number}, or deny all traffic of that peer`,
    }),
  );
}

function peerViolations(at: Construct, { key, rules }: AclSubnet): Violation[] {
  return rules.entries
    .filter((entry) => !entry.isReturn)
    .filter(({ peer, port }) => (peer !== "network" && peer.kind !== "ipv4") || port.protocol === "icmpv6")
    .map(({ number, peer, port }) =>
      NHN011.violation({
        at,
        given: `rule ${number} of subnet "${key}" for ${port.toString()} and ${String(peer)}`,
        fix: "use IPv4 blocks, or a security group rule",
      }),
    );
}

/** An egress rule for another part of the VPC would have no effect: the rules of the destination's subnet apply. */
function insideViolations(at: Construct, { key, rules }: AclSubnet, network: Cidr): Violation[] {
  return rules.entries
    .filter((entry) => !entry.isReturn && entry.direction === "egress" && !reach(entry, network).outside)
    .map(({ number, action, peer }) =>
      NHN011.violation({
        at,
        given: `rule ${number} of subnet "${key}" would ${action} egress to ${String(peer)}, a part of the VPC`,
        fix: "write it as an inbound rule of the destination's subnet",
      }),
    );
}
