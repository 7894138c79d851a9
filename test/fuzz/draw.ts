import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { Construct } from "constructs";
import fc from "fast-check";

type Makers = Readonly<Record<string, () => unknown>>;
type Made<T extends Makers> = { -readonly [K in keyof T]?: Exclude<ReturnType<T[K]>, undefined> };

/** Lengths at which services stop to accept a text. */
const LENGTHS = [1, 15, 16, 32, 33, 60, 61, 63, 64, 65, 100, 101, 125, 128, 129, 250, 255, 256, 257, 512, 1_000, 1_001];

/** Texts with characters that have a meaning somewhere, and texts of lengths at and beyond limits. */
const odd = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abz09AZ-._/ *?:=,@é“${}%\"'\\<>&+\n\t"), maxLength: 8 }),
  fc.tuple(fc.constantFrom(..."xA-é/ 🙂"), fc.constantFrom(...LENGTHS)).map(([unit, length]) => unit.repeat(length)),
  fc.constantFrom(
    "",
    " ",
    "10.0.0.1/8",
    "2001:db8::1/32",
    "${x}",
    "%{x}",
    "$${x}",
    "${aws:username}",
    '"x"',
    'a"b',
    "a\\b",
    "constructor",
    "__proto__",
  ),
  fc.constantFrom("Resource", "Default", "default", "Policy", "Role", "aws:x", "arn:aws:iam::12:role/x", "3scale"),
);

/** Numbers at and beyond the limits of fields. */
const oddNumbers = fc.oneof(
  fc.integer({ min: -2, max: 12 }),
  fc.constantFrom(NaN, Infinity, -0, 0.5, 1.5, 29, 64, 100, 101, 365, 366, 3_654, 65_535, 65_536, 2 ** 31, 1e21),
);

const ids = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[A-Z][a-z]{2,8}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("a/b-c", "web-app", "WebApp", "API", "api", "shopID", "ShopId", "x/y", "x-y"),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-zA-Z0-9_.é+ -]{1,12}$/).filter((id) => !RESERVED.includes(id)) },
  { weight: 1, arbitrary: fc.constantFrom(20, 40, 64, 120, 200).map((length) => "Long".repeat(length / 4)) },
);

/** Names that the framework itself does not accept as ids. */
const RESERVED = Object.getOwnPropertyNames(Object.prototype);

/** How many valid values there are for one that may be invalid. */
const RARITY = 60;

/**
 * Draws the values of a program one by one, so that a generator reads like the call that it makes. fast-check records the values,
 * repeats them for a seed, and shrinks them.
 */
export class Draw {
  constructor(private readonly generated: fc.GeneratorValue) {}

  /** A value of an arbitrary. */
  of<T>(arbitrary: fc.Arbitrary<T>): T {
    return this.generated(() => arbitrary);
  }

  /** One of some values. */
  among<const T extends readonly unknown[]>(...values: T): T[number] {
    return this.of(fc.constantFrom<T[number][]>(...values));
  }

  /** The result of one of some functions. */
  one<T extends readonly (() => unknown)[]>(...makers: T): ReturnType<T[number]> {
    const make = makers[this.of(fc.nat(makers.length - 1))];
    if (make === undefined) throw new Error("nothing to choose from");
    return make() as ReturnType<T[number]>;
  }

  flag(): boolean {
    return this.of(fc.boolean());
  }

  /** A value, or undefined. Smaller programs have less values. */
  maybe<T>(make: () => T): T | undefined {
    return this.of(fc.integer({ min: 0, max: 9 })) > 6 ? make() : undefined;
  }

  /** Some of the optional properties. */
  some<T extends Makers>(makers: T): Made<T> {
    const entries = Object.entries(makers).map(([name, make]) => [name, this.maybe(make)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Made<T>;
  }

  /** Mostly the result of the first function, sometimes that of the second, which is often rejected. */
  rarely<const T, const U>(usual: () => T, unusual: () => U): T | U {
    return this.of(fc.nat(11)) > 0 ? usual() : unusual();
  }

  /** Different values, with few exceptions: services reject most repetitions. */
  distinct<T>(make: () => T, max = 3, min = 0): T[] {
    const values = this.list(make, max, min);
    const keys = values.map((value) => JSON.stringify(value));
    return this.rarely(
      () => values.filter((_, n) => keys.indexOf(keys[n] ?? "") === n),
      () => values,
    );
  }

  list<T>(make: () => T, max = 3, min = 0): T[] {
    return Array.from({ length: this.of(fc.integer({ min, max })) }, make);
  }

  /** A valid value, or, rarely, one that may be invalid. */
  private mostly<T>(valid: fc.Arbitrary<T>, other: fc.Arbitrary<T>): T {
    return this.of(fc.oneof({ weight: RARITY, arbitrary: valid }, { weight: 1, arbitrary: other }));
  }

  /** A text of a pattern, or one of some texts, of which the first is the most likely; rarely an odd one. */
  text(...valid: readonly [RegExp] | readonly string[]): string {
    if (valid[0] instanceof RegExp) return this.mostly(fc.stringMatching(valid[0]), odd);
    const [first = "", ...others] = valid as readonly string[];
    if (others.length === 0) return this.mostly(fc.constant(first), odd);
    const another = { weight: 1, arbitrary: fc.constantFrom(...others) };
    return this.mostly(fc.oneof({ weight: 12, arbitrary: fc.constant(first) }, another), odd);
  }

  /** A text for which every text is likely: a description, the content of a file. */
  prose(): string {
    return this.of(fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9 ._-]{1,40}$/) }, odd));
  }

  /** A name in lower case with hyphens. */
  name(): string {
    return this.text(/^[a-z]([a-z0-9-]{0,12}[a-z0-9])$/);
  }

  number(min: number, max: number): number {
    return this.mostly(fc.integer({ min, max }), oddNumbers);
  }

  /** An id of a stack; rarely one with which generated names of buckets are invalid. */
  stackId(): string {
    return this.rarely(
      () => this.among("p", "shop-web", "local-eks", "A1"),
      () => this.among("sthree-x", "xn--x"),
    );
  }

  /** A construct id. */
  private id(): string {
    return this.of(ids);
  }

  /** An id that no child of a scope has. */
  freeId(scope: Construct): string {
    let id = this.id();
    while (scope.node.tryFindChild(id) !== undefined) id += "x";
    return id;
  }

  /** Keys and values. */
  map(key: () => string, value: () => string, max = 3): Record<string, string> {
    return Object.fromEntries(this.list(() => [key(), value()] as const, max));
  }

  tags(): Record<string, string> {
    const count = this.of(fc.oneof({ weight: RARITY, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(60) }));
    return Object.fromEntries(
      Array.from({ length: count }, (_, n) => [n > 3 ? `tag${n}` : this.text(/^[A-Za-z:/-]{1,9}$/), this.prose()]),
    );
  }

  days(min: number, max: number): Duration {
    return Duration.days(this.number(min, max));
  }

  seconds(min: number, max: number): Duration {
    return Duration.seconds(this.number(min, max));
  }

  gibibytes(min: number, max: number): Size {
    return Size.gibibytes(this.number(min, max));
  }

  cidr(...valid: readonly string[]): Cidr {
    return Cidr.parse(this.text(...(valid.length === 0 ? ["10.0.0.0/16", "172.31.0.0/20", "100.64.0.0/16"] : valid)));
  }

  /** A block of people or pipelines: rarely one that opens an administration port, or no block at all. */
  office(): Peer {
    return this.rarely(
      () => Peer.ipv4(this.among("203.0.113.0/24", "198.51.100.7/32", "2.2.2.0/24")),
      () => this.peer(),
    );
  }

  /** Rarely a peer that is no block of IPv4 addresses. */
  block(): Peer {
    return this.rarely(
      () => Peer.ipv4(this.among("203.0.113.0/24", "10.0.0.0/8", "192.168.1.1/32")),
      () => this.peer(),
    );
  }

  /** A peer: mostly a block of IPv4 addresses. */
  peer(): Peer {
    if (this.of(fc.nat(9)) > 0)
      return Peer.ipv4(this.among("203.0.113.0/24", "10.0.0.0/8", "192.168.1.1/32", this.text("198.51.100.0/24")));
    return this.one(
      () => Peer.ipv6(this.text("2001:db8::/32", ":::::/64", "1:2/64", "2001:db8::/129")),
      () => Peer.anyIpv4(),
      () => Peer.anyIpv6(),
      () => Peer.group(this.text("sg-0123456789abcdef0")),
      () => Peer.prefixList(this.text("pl-0123456789abcdef0")),
    );
  }

  port(): Port {
    return this.one(
      () => Port.tcp(this.among(8_080, 9_000, this.number(1, 65_535))),
      () => Port.HTTPS,
      () => Port.udp(this.number(1, 65_535)),
      () => Port.tcpRange(this.number(1, 30_000), this.number(30_000, 65_535)),
      () =>
        this.among(
          Port.HTTP,
          Port.HTTPS,
          Port.SSH,
          Port.ALL,
          Port.ALL_TCP,
          Port.ALL_UDP,
          Port.ALL_ICMP,
          Port.ALL_ICMPV6,
        ),
    );
  }

  /** Up to three scopes below a construct, with odd and long ids. */
  scopes(below: Construct): Construct {
    return this.list(() => this.id(), this.of(fc.nat(3))).reduce((parent, id) => {
      const existing = parent.node.tryFindChild(id);
      return existing instanceof Construct ? existing : new Construct(parent, id);
    }, below);
  }
}
