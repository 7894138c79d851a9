import { FlowLogs, GatewayEndpoint, type IEncryptionKey, Nat, Tier } from "@groundwork/constructs/aws";
import { Cidr, CidrPlan, defined, Slot } from "@groundwork/constructs/core";
import * as v from "valibot";
import { days, region } from "./common";
import { decodeText, decodeWith } from "./decode";

/** A kind of subnet, one per zone. */
const tier = v.strictObject({
  kind: v.picklist(["public", "private", "isolated"]),
  name: v.optional(v.string()),
  /** Location in the block: `"3/8"` is the third eighth. */
  slot: v.optional(decodeText((text) => Slot.parse(text))),
  mask: v.optional(v.number()),
  /** Explicit blocks by zone letter, instead of a slot. */
  cidrs: v.optional(
    v.record(
      v.string(),
      decodeText((text) => Cidr.parse(text)),
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

/** A VPC and its tiers. */
export const network = v.pipe(
  v.strictObject({
    cidr: decodeText((text) => Cidr.parse(text)),
    region,
    /** Zone letters. */
    zones: v.tupleWithRest([v.string()], v.string()),
    tiers: v.array(tier),
    nat: v.picklist(["per-zone", "single", "regional", "instance", "none"]),
    flowLogRetentionDays: days,
    gatewayEndpoints: v.array(v.picklist(["s3", "dynamodb"])),
  }),
  decodeWith((data) => {
    const tiers = data.tiers.map(({ kind, ...props }) => Tier[kind](defined(props)));
    const zones = data.region.zones(...data.zones);
    // The network computes the same plan; here its violations are reported together with the other mistakes of the file.
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
