import { isWholeToken } from "../core/token";
import type { Location } from "../core/violation";
import { type Partition, partitionOf } from "./partition";
import { AWS001, AWS002 } from "./rules";
import { type RegionZones, ZONES } from "./zones";

/** Most zones of a network: an address plan has eight zone ranges, and no region has more than six zones. */
const MAX_ZONES = 6;

/** A region as AWS names it: `ap-northeast-2`, `us-gov-west-1`. */
const NAME = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** Returns the name of a region, or rejects a text that cannot be one. */
export function checkedRegion(name: string, at?: Location): string {
  if (isWholeToken(name) || NAME.test(name)) return name;
  throw AWS001.violation({ at, given: `region "${name}"`, fix: "write it as AWS does, for example eu-west-1" });
}

/** The availability zones of a network. */
export interface Zones {
  /** Region of the zones. */
  readonly region: Region;
  /** Zone letters. The letter is the zone's key in address plan, ids and names. */
  readonly letters: readonly string[];
}

/**
 * Defines an AWS region.
 *
 * @example Region.of("ap-northeast-2").zones(3); Region.of("us-west-2").zones("a", "c")
 */
export class Region {
  /** A region that this library knows. */
  static of(name: string): Region {
    const zones = ZONES.get(name);
    if (zones === undefined)
      throw AWS001.violation({
        given: `region "${name}"`,
        fix: `use one of ${[...ZONES.keys()].join(", ")}, or Region.unlisted(name, letters) for a newer one`,
      });
    return new Region(name, zones);
  }

  /** A region that this library does not know, with the letters of its zones: `Region.unlisted("xx-north-1", "abc")`. */
  static unlisted(name: string, letters: string): Region {
    if (!NAME.test(name))
      throw AWS001.violation({ given: `region "${name}"`, fix: "write it as AWS does, for example eu-west-1" });
    if (!/^[a-h]{1,8}$/.test(letters) || new Set(letters).size !== letters.length)
      throw AWS002.violation({
        given: `zone letters "${letters}" of ${name}`,
        fix: 'list each letter from a to h at most once, for example "abc"',
      });
    return new Region(name, { letters });
  }

  private constructor(
    /** Name, such as `ap-northeast-2`. */
    readonly name: string,
    private readonly available: RegionZones,
  ) {}

  /** Partition of the region in ARNs. */
  get partition(): Partition {
    return partitionOf(this.name).name;
  }

  /** Domain of the region's services: `amazonaws.com`, in China `amazonaws.com.cn`. */
  get domain(): string {
    return partitionOf(this.name).domain;
  }

  /** Name of a zone by its letter, for example `ap-northeast-2a`. */
  zone(letter: string): string {
    return `${this.name}${letter}`;
  }

  /**
   * The first `count` zones of the region, or the zones with the given letters. Regions in which accounts have different zones
   * (us-west-1, ap-northeast-1) require letters.
   */
  zones(...selection: [count: number] | [letter: string, ...letters: string[]]): Zones {
    const [count] = selection;
    const known = [...this.available.letters];
    const letters =
      typeof count === "number" ? known.slice(0, count) : selection.filter((entry) => typeof entry === "string");
    const isCountValid = typeof count !== "number" || (count === letters.length && this.isUniform);
    const areLettersValid = letters.every((letter, at) => known.includes(letter) && letters.indexOf(letter) === at);
    if (!isCountValid || !areLettersValid || letters.length < 1 || letters.length > this.most)
      throw AWS002.violation({ given: `zones ${selection.join(", ")} of ${this.name}`, fix: this.validZones });
    return { region: this, letters };
  }

  /** Name of the region. */
  toString(): string {
    return this.name;
  }

  /** Whether all accounts have the same zones. */
  private get isUniform(): boolean {
    return this.available.perAccount === undefined;
  }

  /** Most zones of a network in this region. */
  private get most(): number {
    return Math.min(this.available.perAccount ?? this.available.letters.length, MAX_ZONES);
  }

  private get validZones(): string {
    const letters = [...this.available.letters].join(", ");
    return this.isUniform
      ? `${this.name} has ${letters}: list each at most once, or use a number from 1 to ${this.most}`
      : `accounts have different zones there: list up to ${this.most} of ${letters}, those of "aws ec2 describe-availability-zones --region ${this.name}"`;
  }
}
