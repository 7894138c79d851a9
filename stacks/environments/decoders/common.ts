import { Region } from "@groundwork/constructs/aws";
import { Cidr, Duration, Peer } from "@groundwork/constructs/core";
import * as v from "valibot";
import { decodeText, decodeWith } from "./decode";

export const days = v.pipe(
  v.number(),
  decodeWith((amount: number) => Duration.days(amount)),
);

/** Sources of traffic: blocks, or `"internet"` for every address. */
export const peers = v.array(
  decodeText((text) => (text === "internet" ? Peer.anyIpv4() : Peer.ipv4(Cidr.parse(text)))),
);

export const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/, "write the twelve digits of an AWS account"));

/** Source: "Instance type names" in the EC2 instance types guide. */
export const instanceType = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "write a family and a size, for example m7g.large"),
);

/** Name of an image, a flavor, a zone or a volume type, which the operators of a cloud choose. */
export const cloudName = v.pipe(
  v.string(),
  v.regex(
    /^[\p{L}\p{N}_][\p{L}\p{N} _.,:()+/@-]*$/u,
    "write it as the cloud spells it: letters, digits, spaces and _ . , : ( ) + / @ -",
  ),
);

export const region = decodeText((name) => Region.of(name));

export const backend = v.variant("type", [
  /** A file in `.groundwork/state`. */
  v.strictObject({ type: v.literal("local") }),
  /** An existing bucket; one encrypted object and one lock file per stack. */
  v.strictObject({ type: v.literal("s3"), bucket: v.string(), region }),
]);
