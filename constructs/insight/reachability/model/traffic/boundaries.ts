import { type Unknown, isUnknown } from "../certainty";
import type { Endpoint, Interface, Subnet } from "../network/endpoint";
import type { NetworkAcl } from "../network/network-acl";
import type { Route } from "../network/routing-table";
import { portsOf } from "./packet";
import type { Range } from "./range";

/** The ranges at whose boundaries the treatment of packets may change. All packets between two boundaries are treated alike. */
export interface Boundaries {
  readonly addresses: readonly Range[];
  readonly ports: readonly Range[];
}

/** All address blocks and port ranges in the subnets, routes and rules between endpoints. */
export function boundariesBetween(...endpoints: readonly Endpoint[]): Boundaries {
  const interfaces = endpoints.flatMap((endpoint) =>
    endpoint.kind === "interface" ? [endpoint, ...forwardersOf(endpoint)] : [],
  );
  const subnets = interfaces.flatMap(({ subnet }) => (isUnknown(subnet) ? [] : [subnet, ...natSubnets(subnet)]));
  const acls = subnets.flatMap(({ acl }) => (acl === undefined || isUnknown(acl) ? [] : [acl]));
  const groupRules = interfaces.flatMap(({ groups = [] }) => groups).flatMap((group) => group.rules);
  const aclRules = acls.flatMap(({ inbound, outbound }: NetworkAcl) => [...inbound, ...outbound]);
  return {
    addresses: [
      ...subnets.flatMap((subnet) => [subnet.cidr, ...routesOf(subnet).map(({ destination }) => destination)]),
      ...groupRules.flatMap(({ peer }) => ("group" in peer || "list" in peer ? [] : [peer])),
      ...aclRules.flatMap(({ source, destination }) => [source, destination]),
    ].filter(isKnown),
    ports: [
      ...[...groupRules, ...aclRules].flatMap(({ traffic }) => (isUnknown(traffic) ? [] : [portsOf(traffic)])),
      ...aclRules.map(({ sourcePorts }) => sourcePorts),
    ].filter(isKnown),
  };
}

function isKnown(range: Range | Unknown | undefined): range is Range {
  return range !== undefined && !isUnknown(range);
}

function routesOf({ table }: Subnet): readonly Route[] {
  return isUnknown(table) ? [] : table.routes;
}

function natSubnets(subnet: Subnet): readonly Subnet[] {
  return routesOf(subnet).flatMap(({ target }) =>
    target.kind === "nat" && target.subnet !== undefined ? [target.subnet] : [],
  );
}

function forwardersOf({ subnet }: Interface): readonly Interface[] {
  if (isUnknown(subnet)) return [];
  return routesOf(subnet).flatMap(({ target }) => (target.kind === "machine" ? [target.machine] : []));
}
