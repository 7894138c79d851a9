import type { Unknown } from "./certainty";
import { isUnknown } from "./certainty";
import { Hop } from "./hop";
import type { Packet } from "./packet";
import type { Interface, Subnet } from "./place";
import type { Range } from "./range";
import type { Found } from "./routing-table";
import { lookUp } from "./routing-table";
import type { Way } from "./stretch";
import { named, pathOf, tableOf } from "./way-words";

/** Between machines of one network, or of one subnet, where nothing routes. */
export function inside(packet: Packet, from: Interface, to: Interface): Way {
  const stretches = [{ packet, from: from.subnet, to: to.subnet }];
  if (sameSubnet(from.subnet, to.subnet)) return { hops: [], forwarders: [], stretches };
  const there = local(from, packet.destination, to);
  const back = local(to, packet.source, from).ofAnswer;
  return { hops: [there, back].filter((hop) => hop.verdict !== "passes"), forwarders: [], stretches };
}

/** Whether the routing table in front of one machine leads to another inside the network. */
function local(from: Interface, addresses: Range | Unknown, to: Interface): Hop {
  const table = tableOf(from);
  if (isUnknown(table)) return Hop.unknown(table.unknown);
  const networks = [from.subnet, to.subnet].map((subnet) => (isUnknown(subnet) ? undefined : subnet.network));
  if (networks[0] !== networks[1] && networks.every((network) => network !== undefined))
    return apart(from, to, lookUp(table, addresses));
  const found = lookUp(table, addresses);
  if ("unknown" in found) return Hop.unknown(found.unknown);
  if ("none" in found) return Hop.blocked(`no route from ${named(from)} to ${named(to)}`);
  if (found.route.target.kind === "local") return Hop.passes("the network leads to its own addresses");
  return Hop.unknown(
    `what becomes of packets that ${table.path} leads to ${found.route.target.path} inside the network`,
  );
}

/** Machines of two networks meet only over something that leads from one to the other. */
function apart(from: Interface, to: Interface, found: Found): Hop {
  if ("unknown" in found) return Hop.unknown(found.unknown);
  if ("route" in found && ["elsewhere", "machine"].includes(found.route.target.kind))
    return Hop.unknown(`whether ${pathOf(found.route.target)} leads from ${named(from)} to ${named(to)}`);
  return Hop.blocked(`no route from ${named(from)} to ${named(to)}, which stands in another network`);
}

function sameSubnet(one: Subnet | Unknown, other: Subnet | Unknown): boolean {
  return !isUnknown(one) && !isUnknown(other) && one.path === other.path;
}
