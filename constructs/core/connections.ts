import type { Construct } from "constructs";
import { Peer } from "./peer";
import { Port } from "./port";
import { isToken } from "./token";

/** Who opens the connections that a rule lets pass: the peer (`from`), or a member of the group (`to`). */
type Direction = "from" | "to";

/** Something that has connections of one cloud. */
interface Connectable<C> {
  readonly connections: C;
}

/** A rule of a security group before its cloud has words for it. */
export interface GroupRule {
  /** Id of the rule in its group: a noun that other rules do not move. */
  readonly id: string;
  readonly direction: Direction;
  readonly peer: Peer;
  readonly port: Port;
  readonly description: string;
  /** What it opens to the whole internet and should not, in words; nothing when it is in order. */
  readonly exposure: string | undefined;
  /** What of the group's it says again, in words; nothing when it is new. */
  readonly repetition: string | undefined;
}

/**
 * Opens ways to and from a security group, in the words of every cloud: a cloud adds what a rule is made of and what it refuses,
 * as a class over this one with itself as `C`, so that groups of different clouds cannot name each other.
 */
export abstract class GroupConnections<C extends GroupConnections<C>> {
  private isOpenOutward = false;

  constructor(
    /** The group's construct: rules become its children. */
    protected readonly group: Construct,
    readonly securityGroupId: string,
  ) {}

  /** Itself, so that connections can be given where something connectable is asked for. */
  get connections(): this {
    return this;
  }

  /** Lets a peer open connections to this group. When the peer is a group of ours, its way out is opened too. */
  allowFrom(peer: Peer | Connectable<C>, port: Port, description: string): void {
    this.open("from", peer, port, description);
    if (isConnectable(peer)) peer.connections.open("to", this, port, description);
  }

  /** Lets this group open connections to a peer. When the peer is a group of ours, its way in is opened too. */
  allowTo(peer: Peer | Connectable<C>, port: Port, description: string): void {
    this.open("to", peer, port, description);
    if (isConnectable(peer)) peer.connections.open("from", this, port, description);
  }

  /** Lets the members of this group reach each other. */
  allowWithin(port: Port, description: string): void {
    this.open("from", this, port, description);
    this.open("to", this, port, description);
  }

  /** Lets the members of this group open whatever they like. Said first, it makes every further rule of that kind needless. */
  allowAllOutbound(description: string): void {
    this.open("to", Peer.anyIpv4(), Port.ALL, description);
    this.isOpenOutward = true;
  }

  /** Makes a rule as a child of the group, or refuses it. */
  protected abstract make(rule: GroupRule): void;

  private open(
    direction: Direction,
    far: Peer | Connectable<GroupConnections<C>>,
    port: Port,
    description: string,
  ): void {
    const peer = isConnectable(far) ? Peer.group(far.connections.securityGroupId) : far;
    if (direction === "to" && this.isOpenOutward && peer.kind !== "ipv6") return;
    const key = this.keyOf(far, description);
    const id = `${direction}-${key}-${port.toString().replace(" ", "-")}`;
    const isRepeated = this.group.node.tryFindChild(id) !== undefined;
    this.make({
      ...{ id, direction, peer, port, description },
      exposure: direction === "from" ? exposure(peer, port) : undefined,
      repetition: isRepeated ? `"${description}" repeats ${direction} ${key} ${port.toString()}` : undefined,
    });
  }

  /** Rule ids are nouns: the peer's block, or the path of its construct; only ids known at apply need the description. */
  private keyOf(far: Peer | Connectable<GroupConnections<C>>, description: string): string {
    if (!isConnectable(far)) return (isToken(far.value) ? description : far.value).replace(/[^\w.:-]+/g, "-");
    const other = far.connections.group;
    // `Default` is in no name, so that what a group stands in can be changed without a new rule.
    const path = other.node.path.replace(/\/Default(?=\/|$)/g, "");
    return other === this.group ? "self" : path.replace(/[^\w.-]+/g, "-");
  }
}

function isConnectable<T>(far: Peer | Connectable<T>): far is Connectable<T> {
  return "connections" in far;
}

function exposure(peer: Peer, port: Port): string | undefined {
  const ports = port.administration;
  if (!peer.isInternet || ports.length === 0) return undefined;
  return `${port.toString()} from ${peer.toString()} opens administration port ${ports.join(", ")} to the internet`;
}
