/** Partitions of AWS: separate sets of regions, with their own ARNs and domain names. */
export type Partition =
  "aws" | "aws-cn" | "aws-us-gov" | "aws-eusc" | "aws-iso" | "aws-iso-b" | "aws-iso-e" | "aws-iso-f";

/** A partition: the prefix of its regions' names, its name in ARNs, and the domain of its services. */
export interface PartitionFacts {
  /** Prefixes of its regions. */
  readonly regions: string;
  /** Name in ARNs. */
  readonly name: Partition;
  /** Domain of its service endpoints. */
  readonly domain: string;
}

/** The commercial partition, to which every other region belongs. */
const COMMERCIAL: PartitionFacts = { regions: "", name: "aws", domain: "amazonaws.com" };

/** Source: partitions.json of the AWS SDKs (botocore/data/partitions.json), autumn 2026. */
const SEPARATE: readonly PartitionFacts[] = [
  { regions: "cn-", name: "aws-cn", domain: "amazonaws.com.cn" },
  { regions: "us-gov-", name: "aws-us-gov", domain: "amazonaws.com" },
  { regions: "eusc-", name: "aws-eusc", domain: "amazonaws.eu" },
  { regions: "us-iso-", name: "aws-iso", domain: "c2s.ic.gov" },
  { regions: "us-isob-", name: "aws-iso-b", domain: "sc2s.sgov.gov" },
  { regions: "eu-isoe-", name: "aws-iso-e", domain: "cloud.adc-e.uk" },
  { regions: "us-isof-", name: "aws-iso-f", domain: "csp.hci.ic.gov" },
];

/** All partitions. */
export const PARTITIONS: readonly PartitionFacts[] = [COMMERCIAL, ...SEPARATE];

/** The partition of a region, by its name. */
export function partitionOf(region: string): PartitionFacts {
  return SEPARATE.find(({ regions }) => region.startsWith(regions)) ?? COMMERCIAL;
}

/** Whether a text is the name of a partition in ARNs. */
export function isPartition(text: string): text is Partition {
  return PARTITIONS.some(({ name }) => name === text);
}
