import { AWS001, AWS002 } from "./rules";

/**
 * Regions and the letters of their zones, in the order in which `zones(count)` selects them.
 * Source: AWS list of regions and availability zones, autumn 2026, without zones that are closed to new accounts.
 */
const ZONES: Readonly<Record<string, string>> = {
  "af-south-1": "abc",
  "ap-east-1": "abc",
  "ap-east-2": "abc",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ap-northeast-3": "abc",
  "ap-south-1": "abc",
  "ap-south-2": "abc",
  "ap-southeast-1": "abc",
  "ap-southeast-2": "abc",
  "ap-southeast-3": "abc",
  "ap-southeast-4": "abc",
  "ap-southeast-5": "abc",
  "ap-southeast-7": "abc",
  "ca-central-1": "abd",
  "ca-west-1": "abc",
  "cn-north-1": "abd",
  "cn-northwest-1": "abc",
  "eu-central-1": "abc",
  "eu-central-2": "abc",
  "eu-north-1": "abc",
  "eu-south-1": "abc",
  "eu-south-2": "abc",
  "eu-west-1": "abc",
  "eu-west-2": "abc",
  "eu-west-3": "abc",
  "il-central-1": "abc",
  "me-central-1": "abc",
  "me-south-1": "abc",
  "mx-central-1": "abc",
  "sa-east-1": "abc",
  "us-east-1": "abcdef",
  "us-east-2": "abc",
  "us-gov-east-1": "abc",
  "us-gov-west-1": "abc",
  "us-west-1": "abc",
  "us-west-2": "abcd",
};

/** The availability zones of a network. */
export interface Zones {
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
    const letters = ZONES[name];
    if (letters === undefined)
      throw AWS001.violation({
        given: `region "${name}"`,
        fix: `use one of ${Object.keys(ZONES).join(", ")}, or Region.unlisted(name, letters) for a newer one`,
      });
    return new Region(name, letters);
  }

  /** A region that this library does not know, with the letters of its zones. */
  static unlisted(name: string, letters: string): Region {
    return new Region(name, letters);
  }

  private constructor(
    readonly name: string,
    private readonly letters: string,
  ) {}

  /** Partition of the region in ARNs. */
  get partition(): "aws" | "aws-cn" | "aws-us-gov" {
    if (this.name.startsWith("cn-")) return "aws-cn";
    return this.name.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** Name of a zone by its letter, for example `ap-northeast-2a`. */
  zone(letter: string): string {
    return `${this.name}${letter}`;
  }

  /** The first `count` zones of the region, or the zones with the given letters. */
  zones(...selection: [count: number] | [letter: string, ...letters: string[]]): Zones {
    const letters = selection.flatMap((entry) =>
      typeof entry === "number" ? [...this.letters].slice(0, entry) : [entry],
    );
    const invalid = letters.filter(
      (letter, index) => !this.letters.includes(letter) || letters.indexOf(letter) !== index,
    );
    const [count] = selection;
    if (
      invalid.length > 0 ||
      letters.length < 1 ||
      letters.length > 6 ||
      (typeof count === "number" && letters.length !== count)
    )
      throw AWS002.violation({
        given: `zones ${selection.join(", ")} of ${this.name}`,
        fix: `${this.name} has ${[...this.letters].join(", ")}: list each at most once, or use a number from 1 to ${Math.min(this.letters.length, 6)}`,
      });
    return { region: this, letters };
  }

  toString(): string {
    return this.name;
  }
}
