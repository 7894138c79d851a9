import type { IConstruct } from "constructs";
import { Name } from "../../../core/name";
import { checkStack } from "../../../core/name-claims";
import { isToken } from "../../../core/token";
import { STO001, STO002 } from "../rules";

/** Naming rules of S3: pattern of invalid names, and the fix. Source: "General purpose bucket naming rules" in the S3 user guide. */
const RULES: readonly (readonly [invalid: RegExp, fix: string])[] = [
  [/^.{0,2}$|^.{64,}$/, "use 3 to 63 characters"],
  [/[^a-z0-9.-]/, "use lower case letters, digits and hyphens"],
  [/^[^a-z0-9]|[^a-z0-9]$/, "begin and end with a letter or a digit"],
  [/\.\.|\.-|-\./, "use a letter or a digit on both sides of a dot"],
  [/^\d+\.\d+\.\d+\.\d+$/, "use a name that is not formatted as an IP address"],
  [/^(xn--|sthree-|amzn-s3-demo-)/, "do not use the reserved prefixes xn--, sthree- and amzn-s3-demo-"],
  [
    /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$/,
    "do not use the reserved suffixes -s3alias, --ol-s3, .mrap, --x-s3, --table-s3 and -an",
  ],
];

/** Bucket names by construct tree, with the path of their bucket. The weak map releases the entry of a tree together with the tree. */
const namesInUse = new WeakMap<IConstruct, Map<string, string>>();

/** Returns a bucket name, or rejects it when S3 would not accept it or another bucket of the tree has it. */
export function checkedBucketName(name: string, bucket: IConstruct, dots: "dots" | "no dots"): string {
  existingBucketName(name, bucket);
  if (isToken(name)) return name;
  if (dots === "no dots" && name.includes("."))
    throw STO001.violation({
      at: bucket,
      given: `bucket name "${name}" with dots`,
      fix: "use hyphens: only a website bucket, which has no TLS, can have the name of a domain",
    });
  claim(name, bucket);
  return name;
}

/** Returns the name of an existing bucket, or rejects it when S3 would not accept it. Names with tokens are not checked. */
export function existingBucketName(name: string, at: IConstruct): string {
  const violated = isToken(name) ? undefined : RULES.find(([pattern]) => pattern.test(name));
  if (violated !== undefined) throw STO001.violation({ at, given: `bucket name "${name}"`, fix: violated[1] });
  return name;
}

/**
 * The prefix of a generated name: a construct path alone is not globally unique.
 * The provider appends 26 characters, which leaves 37.
 */
export function bucketPrefix(bucket: IConstruct): string {
  const prefix = `${Name.of(bucket).prefix({ service: "S3 bucket prefix", maxLength: 36, pattern: /^[a-z0-9][a-z0-9-]*$/ })}-`;
  // Rules about the end of a name do not apply: the provider appends digits.
  existingBucketName(`${prefix}${"0".repeat(26)}`, bucket);
  return prefix;
}

function claim(name: string, bucket: IConstruct): void {
  checkStack(bucket);
  const names = namesInUse.get(bucket.node.root) ?? new Map<string, string>();
  namesInUse.set(bucket.node.root, names);
  const owner = names.get(name);
  if (owner !== undefined && owner !== bucket.node.path)
    throw STO002.violation({
      at: bucket,
      given: `bucket name "${name}", which ${owner} uses`,
      fix: "choose another name",
    });
  names.set(name, bucket.node.path);
}
