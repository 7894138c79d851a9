/** The zones of a region that an account can use. */
export interface RegionZones {
  /** Letters of the zones, in the order in which `zones(count)` selects them. */
  readonly letters: string;
  /**
   * Number of zones that an account has at most, in regions whose accounts have different letters: there, `zones` requires letters.
   * @default - all accounts have all zones
   */
  readonly perAccount?: number;
}

/**
 * Regions and their zones, without zones that are closed to new accounts.
 * Source: AWS list of regions and availability zones, autumn 2026, and describe-availability-zones of accounts of different ages:
 * in us-west-1, an account has two of the three zones; in ap-northeast-1, accounts have a, c and d or, older ones, b as well.
 */
export const ZONES: ReadonlyMap<string, RegionZones> = new Map(
  Object.entries({
    "af-south-1": { letters: "abc" },
    "ap-east-1": { letters: "abc" },
    "ap-east-2": { letters: "abc" },
    "ap-northeast-1": { letters: "abcd", perAccount: 4 },
    "ap-northeast-2": { letters: "abcd" },
    "ap-northeast-3": { letters: "abc" },
    "ap-south-1": { letters: "abc" },
    "ap-south-2": { letters: "abc" },
    "ap-southeast-1": { letters: "abc" },
    "ap-southeast-2": { letters: "abc" },
    "ap-southeast-3": { letters: "abc" },
    "ap-southeast-4": { letters: "abc" },
    "ap-southeast-5": { letters: "abc" },
    "ap-southeast-7": { letters: "abc" },
    "ca-central-1": { letters: "abd" },
    "ca-west-1": { letters: "abc" },
    "cn-north-1": { letters: "abd" },
    "cn-northwest-1": { letters: "abc" },
    "eu-central-1": { letters: "abc" },
    "eu-central-2": { letters: "abc" },
    "eu-north-1": { letters: "abc" },
    "eu-south-1": { letters: "abc" },
    "eu-south-2": { letters: "abc" },
    "eu-west-1": { letters: "abc" },
    "eu-west-2": { letters: "abc" },
    "eu-west-3": { letters: "abc" },
    "il-central-1": { letters: "abc" },
    "me-central-1": { letters: "abc" },
    "me-south-1": { letters: "abc" },
    "mx-central-1": { letters: "abc" },
    "sa-east-1": { letters: "abc" },
    "us-east-1": { letters: "abcdef" },
    "us-east-2": { letters: "abc" },
    "us-gov-east-1": { letters: "abc" },
    "us-gov-west-1": { letters: "abc" },
    "us-west-1": { letters: "abc", perAccount: 2 },
    "us-west-2": { letters: "abcd" },
  }),
);
