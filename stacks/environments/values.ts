import type { IEncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { FlowLogs } from "@groundwork/constructs/aws/network/flow-logs";
import { GatewayEndpoint } from "@groundwork/constructs/aws/network/endpoint";
import { Nat } from "@groundwork/constructs/aws/network/nat";
import { Tier } from "@groundwork/constructs/aws/network/tier";
import { Region } from "@groundwork/constructs/aws/region";
import { Domain, SiteCertificate } from "@groundwork/constructs/aws/site/domain";
import { Fallback } from "@groundwork/constructs/aws/site/fallback";
import { Hosting } from "@groundwork/constructs/aws/site/hosting";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { CidrPlan } from "@groundwork/constructs/core/cidr-plan";
import { Peer } from "@groundwork/constructs/core/peer";
import { Slot } from "@groundwork/constructs/core/slot";
import { Duration } from "@groundwork/constructs/core/duration";
import { Violation, Violations } from "@groundwork/constructs/core/violation";
import * as v from "valibot";
import type { AwsProvider } from "../providers/aws";

/** Makes a value of a text, or reports the rule that the text breaks instead of stopping at it. */
export function read<T>(make: (text: string) => T) {
  return v.pipe(v.string(), transform(make));
}

/** Makes a value of what was read so far, likewise. */
export function transform<Input, Output>(make: (input: Input) => Output) {
  return v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    try {
      return make(dataset.value);
    } catch (error) {
      // The one place that catches: a file is mended in one go only if every rule it breaks is collected.
      if (!(error instanceof Violation || error instanceof Violations)) throw error;
      addIssue({ message: error.message, input: error });
      return NEVER;
    }
  });
}

export const days = v.pipe(
  v.number(),
  transform((amount: number) => Duration.days(amount)),
);

/** Who may come in: blocks of addresses, or the word for everybody. */
export const peers = v.array(read((text) => (text === "internet" ? Peer.anyIpv4() : Peer.ipv4(Cidr.parse(text)))));

export const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/, "write the twelve digits of an AWS account"));

export const region = read((name) => Region.of(name));

export const backend = v.variant("type", [
  /** A file under `.groundwork/state`. */
  v.strictObject({ type: v.literal("local") }),
  /** A bucket that exists, with a lock file beside each state; encrypted, one object a stack. */
  v.strictObject({ type: v.literal("s3"), bucket: v.string(), region }),
]);

const tier = v.strictObject({
  kind: v.picklist(["public", "private", "isolated"]),
  name: v.optional(v.string()),
  /** Place in the block: `"3/8"` is the third eighth. */
  slot: v.optional(read((text) => Slot.parse(text))),
  mask: v.optional(v.number()),
  /** Explicit blocks by zone letter, instead of a slot. */
  cidrs: v.optional(
    v.record(
      v.string(),
      read((text) => Cidr.parse(text)),
    ),
  ),
});

const NATS = {
  "per-zone": () => Nat.perZone(),
  single: () => Nat.single(),
  regional: () => Nat.regional(),
  instance: () => Nat.instance(),
  none: () => Nat.none(),
};

export const network = v.pipe(
  v.strictObject({
    cidr: read((text) => Cidr.parse(text)),
    region,
    /** Zone letters. */
    zones: v.tupleWithRest([v.string()], v.string()),
    tiers: v.array(tier),
    nat: v.picklist(["per-zone", "single", "regional", "instance", "none"]),
    flowLogRetentionDays: days,
    gatewayEndpoints: v.array(v.picklist(["s3", "dynamodb"])),
  }),
  transform((data) => {
    const tiers = data.tiers.map(({ kind, ...props }) => Tier[kind](defined(props)));
    const zones = data.region.zones(...data.zones);
    // Planned here once more than in the network itself, so that a bad plan is reported with the rest of the file.
    new CidrPlan({
      blocks: [data.cidr],
      zones: zones.letters,
      tiers: tiers.map((one) => one.planned),
      masks: { largest: 16, smallest: 28 },
    });
    return {
      cidr: data.cidr,
      zones,
      tiers,
      nat: NATS[data.nat](),
      flowLogs: (encryptionKey?: IEncryptionKey): FlowLogs =>
        FlowLogs.toCloudWatch(defined({ retention: data.flowLogRetentionDays, encryptionKey })),
      gatewayEndpoints: data.gatewayEndpoints.map((service) =>
        service === "s3" ? GatewayEndpoint.S3 : GatewayEndpoint.DYNAMODB,
      ),
    };
  }),
);

/** How readers reach the site, as a function: a certificate is issued through a provider, which only a stack can make. */
const hosting = v.pipe(
  v.variant("type", [
    /** The bucket's own endpoint: plain HTTP, open to the world. */
    v.strictObject({ type: v.literal("public-website"), errorDocument: v.optional(v.string()) }),
    /** A private bucket behind CloudFront. */
    v.strictObject({
      type: v.literal("cloudfront"),
      /** What answers for a path without a file: the index (single-page application), or each directory's own. */
      routing: v.picklist(["index", "directories"]),
      /** Page for what is missing; with `directories` only. */
      missingPage: v.optional(v.string()),
      /** Names of the site, in a zone of Route 53; the first is the one it calls itself. */
      domain: v.optional(
        v.strictObject({
          names: v.tupleWithRest([v.string()], v.string()),
          zoneId: v.string(),
          zoneName: v.string(),
        }),
      ),
    }),
  ]),
  transform((data) => (virginia: () => AwsProvider, encryptionKey?: IEncryptionKey): Hosting => {
    if (data.type === "public-website") return Hosting.publicWebsite(defined({ errorDocument: data.errorDocument }));
    const { routing, missingPage, domain } = data;
    const directories = missingPage === undefined ? Fallback.none() : Fallback.page(missingPage);
    return Hosting.cloudFront({
      fallback: routing === "index" ? Fallback.toIndex() : directories,
      ...(domain === undefined ? {} : { domain: domainOf(domain, virginia()) }),
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
  }),
);

function domainOf({ names, zoneId, zoneName }: DomainData, virginia: AwsProvider): Domain {
  const [name, ...aliases] = names;
  return Domain.of(name, { zone: { zoneId, zoneName }, certificate: SiteCertificate.issuedBy(virginia), aliases });
}

interface DomainData {
  readonly names: [string, ...string[]];
  readonly zoneId: string;
  readonly zoneName: string;
}

export const site = v.strictObject({
  region,
  /** Name of the bucket; `{account}` becomes the account's number. */
  bucketName: v.string(),
  hosting,
  /** Whether destroying the stack destroys the pages. */
  forceDestroy: v.boolean(),
});

/** Leaves out what is undefined: exact optional properties tell "not given" from "given as undefined". */
export function defined<T extends object>(props: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
