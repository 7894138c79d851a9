import type { Construct } from "constructs";
import type { Cidr } from "../core/cidr";
import type { Violation } from "../core/violation";
import { Violations } from "../core/violation";
import type { AclLine, AclSubnet } from "./acl-plan";
import { INSIDE_ENDS, OUTSIDE, reach } from "./acl-plan";
import { ACL_ORDERS } from "./limits";
import { NHN009, NHN010, NHN011 } from "./rules";

/** Refuses, before they are laid out, rules that NHN Cloud has no way to say. */
export function checkRules(at: Construct, network: Cidr, subnets: readonly AclSubnet[]): void {
  Violations.throwIfAny(
    subnets.flatMap((subnet) => [
      ...answerViolations(at, subnet),
      ...peerViolations(at, subnet),
      ...insideViolations(at, subnet, network),
    ]),
  );
}

/** Refuses orders that NHN Cloud keeps, and those that two rules have. */
export function checkLines(at: Construct, lines: readonly AclLine[]): void {
  const orders = lines.map(({ order }) => order);
  const wrong = lines.filter(({ order, subnet }, index) => {
    const last = order < OUTSIDE + ACL_ORDERS.first && subnet !== undefined ? INSIDE_ENDS - 1 : ACL_ORDERS.last;
    return !Number.isInteger(order) || order < ACL_ORDERS.first || order > last || orders.indexOf(order) !== index;
  });
  Violations.throwIfAny(
    wrong.map(({ order, description }) =>
      NHN009.violation({
        at,
        given: `order ${order} of "${description}" is out of range or used twice (a pair also takes the next one)`,
        fix: `choose numbers and places that add up to ${ACL_ORDERS.first} at least and ${INSIDE_ENDS - 2} at most, two apart`,
      }),
    ),
  );
}

function answerViolations(at: Construct, { key, rules }: AclSubnet): Violation[] {
  return rules.swallowedAnswers.map(({ deny, answer }) =>
    NHN010.violation({
      at,
      given: `rule ${deny.number} of subnet "${key}" denies ${deny.port.toString()} ${deny.direction}, which answers of rule ${answer.number} (${answer.port.toString()}) need`,
      fix: `number the deny above ${answer.number}, or deny all traffic of that peer`,
    }),
  );
}

function peerViolations(at: Construct, { key, rules }: AclSubnet): Violation[] {
  return rules.entries
    .filter((entry) => !entry.answers)
    .filter(({ peer, port }) => (peer !== "network" && peer.kind !== "ipv4") || port.protocol === "icmpv6")
    .map(({ number, peer, port }) =>
      NHN011.violation({
        at,
        given: `rule ${number} of subnet "${key}" is about ${port.toString()} and ${String(peer)}`,
        fix: "name IPv4 blocks, or say it in a security group",
      }),
    );
}

/** A rule about what leaves for another part of the VPC would be silent: the subnet there decides. */
function insideViolations(at: Construct, { key, rules }: AclSubnet, network: Cidr): Violation[] {
  return rules.entries
    .filter((entry) => !entry.answers && entry.direction === "egress" && !reach(entry, network).outside)
    .map(({ number, action, peer }) =>
      NHN011.violation({
        at,
        given: `rule ${number} of subnet "${key}" would ${action} what leaves for ${String(peer)}, a part of the VPC`,
        fix: "write it as an inbound rule of the subnet that it arrives at",
      }),
    );
}
