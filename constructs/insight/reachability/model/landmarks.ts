import { isUnknown } from "./certainty";
import type { NetworkAcl } from "./network-acl";
import { portsOf } from "./packet";
import type { End, Interface, Subnet } from "./place";
import type { Range } from "./range";
import type { Target } from "./routing-table";

/** Where anything on the way begins or ends to treat packets alike. Between two such numbers all packets fare the same. */
export interface Landmarks {
  readonly addresses: readonly Range[];
  readonly ports: readonly Range[];
}

/** Every block and every range of ports that something between two ends names. */
export function landmarksBetween(...ends: readonly End[]): Landmarks {
  const interfaces = ends.flatMap((end) => (end.kind === "interface" ? [end, ...forwardersBehind(end)] : []));
  const subnets = interfaces.flatMap(({ subnet }) => (isUnknown(subnet) ? [] : [subnet, ...natSubnets(subnet)]));
  const acls = subnets.flatMap(({ acl }) => (acl === undefined || isUnknown(acl) ? [] : [acl]));
  const rules = interfaces.flatMap(({ groups = [] }) => groups).flatMap((group) => group.rules);
  const lines = acls.flatMap(({ inbound, outbound }: NetworkAcl) => [...inbound, ...outbound]);
  return {
    addresses: [
      ...subnets.flatMap((subnet) => [subnet.cidr, ...targets(subnet).map(({ destination }) => destination)]),
      ...rules.flatMap(({ peer }) => ("group" in peer || "list" in peer ? [] : [peer])),
      ...lines.flatMap(({ source, destination }) => [source, destination]),
    ].filter(isKnown),
    ports: [
      ...[...rules, ...lines].flatMap(({ traffic }) => (isUnknown(traffic) ? [] : [portsOf(traffic)])),
      ...lines.map(({ sourcePorts }) => sourcePorts),
    ].filter(isKnown),
  };
}

function isKnown(block: Range | { readonly unknown: string } | undefined): block is Range {
  return block !== undefined && !isUnknown(block);
}

function targets({
  table,
}: Subnet): readonly { readonly destination: Range | { readonly unknown: string }; readonly target: Target }[] {
  return isUnknown(table) ? [] : table.routes;
}

function natSubnets(subnet: Subnet): readonly Subnet[] {
  return targets(subnet).flatMap(({ target }) =>
    target.kind === "nat" && target.subnet !== undefined ? [target.subnet] : [],
  );
}

function forwardersBehind({ subnet }: Interface): readonly Interface[] {
  if (isUnknown(subnet)) return [];
  return targets(subnet).flatMap(({ target }) => (target.kind === "machine" ? [target.machine] : []));
}
