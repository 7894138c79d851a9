import type { Cidr } from "../../core/cidr";
import type { Place } from "../../core/violation";
import { OST017 } from "../rules";

/** Where machines of one kind have their addresses. */
export interface Room {
  /** First address, counted from that of the subnet. */
  readonly first: number;
  /** How many machines of the kind there may ever be. */
  readonly hosts: number;
}

export interface HostPlanProps {
  readonly subnet: Cidr;
  /** Kinds of machines, each with its room. */
  readonly rooms: Readonly<Record<string, Room>>;
  /**
   * Where violations are reported.
   * @default - nowhere in particular
   */
  readonly at?: Place;
}

/**
 * Defines which addresses the machines of a subnet have, so that one more of a kind moves none that exists.
 *
 * An address is a function of its kind's room and its own number, and of nothing else.
 *
 * @example
 * const hosts = new HostPlan({ subnet: subnet.cidr, rooms: { worker: { first: 20, hosts: 20 } } });
 * hosts.address("worker", 1); // 172.31.0.20
 */
export class HostPlan {
  private readonly subnet: Cidr;
  private readonly rooms: ReadonlyMap<string, Room>;
  private readonly at: Place | undefined;

  constructor({ subnet, rooms, at }: HostPlanProps) {
    this.subnet = subnet;
    this.rooms = new Map(Object.entries(rooms));
    this.at = at;
    for (const [name, room] of this.rooms) this.checkRoom(name, room);
  }

  /** Address of the n-th machine of a kind; the first is number 1. */
  address(kind: string, n: number): string {
    const room = this.rooms.get(kind);
    if (room === undefined)
      throw this.refuse(`machines "${kind}"`, `give them a room, or use one of ${[...this.rooms.keys()].join(", ")}`);
    if (!Number.isInteger(n) || n < 1 || n > room.hosts)
      throw this.refuse(`${kind} number ${n} of ${room.hosts}`, "number them from 1, or plan a larger room");
    return this.subnet.address(room.first + n - 1);
  }

  private checkRoom(name: string, { first, hosts }: Room): void {
    const end = first + hosts;
    if (![first, hosts].every(Number.isInteger) || first < 1 || hosts < 1 || end > this.subnet.size)
      throw this.refuse(
        `room "${name}" of ${hosts} from ${first}, ${this.subnet.toString()} holds ${this.subnet.size}`,
        "plan rooms of whole addresses inside of the subnet",
      );
    const other = [...this.rooms].find(
      ([key, room]) => key !== name && first < room.first + room.hosts && room.first < end,
    );
    if (other !== undefined)
      throw this.refuse(`rooms "${name}" and "${other[0]}" overlap`, "begin one where the other has ended");
  }

  private refuse(given: string, fix: string) {
    return OST017.violation({ at: this.at, given, fix });
  }
}
