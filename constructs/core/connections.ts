import type { Construct } from "constructs";
import { Peer } from "./peer";
import { Port } from "./port";
import { hashOf } from "./text";
import { isToken } from "./token";

/** The side that opens the connections: the peer (`from`), or a member of the group (`to`). */
export type ConnectionSide = "from" | "to";

/** A resource with connections of one cloud. */
export interface Connectable<C> {
  /** Its connections. */
  readonly connections: C;
}

/** A security group rule, independent of the cloud. */
export interface GroupRule {
  /** Construct id of the rule in its group, derived from peer and port only, so that other rules do not change it. */
  readonly id: string;
  /** Whether the peer opens the connections, or a member of the group. */
  readonly direction: ConnectionSide;
  /** Peer of the connections. */
  readonly peer: Peer;
  /** Ports of the connections. */
  readonly port: Port;
  /** Description of the rule. */
  readonly description: string;
  /** Description of the administration ports that the rule opens to the internet; undefined when it opens none. */
  readonly exposure: string | undefined;
  /** Description of the existing rule that this rule duplicates; undefined when it is new. */
  readonly repetition: string | undefined;
}

/**
 * Adds rules to a security group, independent of the cloud. Each cloud has a subclass that creates and checks its rules and
 * passes itself as `C`, so that the compiler rejects rules between groups of different clouds.
 */
export abstract class GroupConnections<C extends GroupConnections<C>> {
  private allowsAllOutbound = false;
  /** Traffic of the rules so far: direction, peer and port. */
  private readonly traffic = new Set<string>();

  constructor(
    /** The group's construct; rules become its children. */
    protected readonly group: Construct,

    /** Id of the security group. */
    readonly securityGroupId: string,
  ) {}

  /** This object, so that connections are accepted where a connectable resource is required. */
  get connections(): this {
    return this;
  }

  /** Allows connections from a peer to this group. When the peer has connections of its own, its egress rule is added too. */
  allowFrom(peer: Peer | Connectable<C>, port: Port, description: string): void {
    this.open("from", peer, port, description);
    if (isConnectable(peer)) peer.connections.open("to", this, port, description);
  }

  /** Allows connections from this group to a peer. When the peer has connections of its own, its ingress rule is added too. */
  allowTo(peer: Peer | Connectable<C>, port: Port, description: string): void {
    this.open("to", peer, port, description);
    if (isConnectable(peer)) peer.connections.open("from", this, port, description);
  }

  /** Whether a rule allows exactly this traffic from a peer already; a second one would be rejected. */
  hasRuleFrom(peer: Connectable<C>, port: Port): boolean {
    return this.traffic.has(`from group ${peer.connections.securityGroupId} ${port.toString()}`);
  }

  /** Allows connections among the members of this group. */
  allowWithin(port: Port, description: string): void {
    this.open("from", this, port, description);
    this.open("to", this, port, description);
  }

  /** Allows all outbound connections. Later `allowTo` calls add no further IPv4 egress rule. */
  allowAllOutbound(description: string): void {
    this.open("to", Peer.anyIpv4(), Port.ALL, description);
    this.allowsAllOutbound = true;
  }

  /** Creates a rule as a child of the group, or rejects it. */
  protected abstract createRule(rule: GroupRule): void;

  private open(
    direction: ConnectionSide,
    target: Peer | Connectable<GroupConnections<C>>,
    port: Port,
    description: string,
  ): void {
    const peer = isConnectable(target) ? Peer.group(target.connections.securityGroupId) : target;
    if (direction === "to" && this.allowsAllOutbound && peer.kind !== "ipv6") return;
    const key = this.keyOf(target, description);
    const same = `${direction} ${peer.kind} ${peer.value} ${port.toString()}`;
    const isRepeated = this.traffic.has(same);
    this.traffic.add(same);
    this.createRule({
      id: this.freeId(`${direction}-${key}-${port.toString().replace(" ", "-")}`, target),
      direction,
      peer,
      port,
      description,
      exposure: direction === "from" ? exposure(peer, port) : undefined,
      repetition: isRepeated ? `"${description}" repeats ${direction} ${key} ${port.toString()}` : undefined,
    });
  }

  /**
   * The id, unless a rule about another peer has it: ids do not distinguish `x/y` and `x-y`, nor two values that are known only at
   * apply and have one description. The id then ends in a hash of the peer's path, or in a number.
   */
  private freeId(id: string, target: Peer | Connectable<GroupConnections<C>>): string {
    const isFree = (candidate: string) => this.group.node.tryFindChild(candidate) === undefined;
    if (isFree(id)) return id;
    if (isConnectable(target)) return `${id}-${hashOf(target.connections.group.node.path)}`;
    if (!isToken(target.value)) return `${id}-${hashOf(target.value)}`;
    let number = 2;
    while (!isFree(`${id}-${number}`)) number += 1;
    return `${id}-${number}`;
  }

  /** Key of a peer in rule ids: its block or the path of its construct; the description for values known only at apply. */
  private keyOf(target: Peer | Connectable<GroupConnections<C>>, description: string): string {
    if (!isConnectable(target)) return (isToken(target.value) ? description : target.value).replace(/[^\w.:-]+/g, "-");
    const other = target.connections.group;
    // `Default` is omitted, so that a group can be wrapped in another construct without replacing its rules.
    const path = other.node.path.replace(/\/Default(?=\/|$)/g, "");
    return other === this.group ? "self" : path.replace(/[^\w.-]+/g, "-");
  }
}

function isConnectable<T>(target: Peer | Connectable<T>): target is Connectable<T> {
  return "connections" in target;
}

function exposure(peer: Peer, port: Port): string | undefined {
  const ports = port.administration;
  if (!peer.isInternet || ports.length === 0) return undefined;
  return `${port.toString()} from ${peer.toString()} opens administration port ${ports.join(", ")} to the internet`;
}
