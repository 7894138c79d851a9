import type { IConstruct } from "constructs";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { STO001, STO002 } from "./rules";

/** S3's rules, each with the words for who breaks it. Source: "General purpose bucket naming rules" in the S3 user guide. */
const RULES: readonly (readonly [broken: RegExp, words: string])[] = [
  [/^.{0,2}$|^.{64,}$/, "use 3 to 63 characters"],
  [/[^a-z0-9.-]/, "use lower case letters, digits and hyphens"],
  [/^[^a-z0-9]|[^a-z0-9]$/, "begin and end with a letter or a digit"],
  [/\.\.|\.-|-\./, "put a letter or a digit on either side of a dot"],
  [/^\d+\.\d+\.\d+\.\d+$/, "use a name that does not look like an address"],
  [/^(xn--|sthree-|amzn-s3-demo-)/, "leave the prefixes xn--, sthree- and amzn-s3-demo- to AWS"],
  [
    /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3|-an)$/,
    "leave the suffixes -s3alias, --ol-s3, .mrap, --x-s3, --table-s3 and -an to AWS",
  ],
];

/** Names given in each tree, and by whom. A tree that is gone takes its entry along. */
const taken = new WeakMap<IConstruct, Map<string, string>>();

/** Refuses a bucket name that S3 would refuse, and one that the tree already uses. */
export function checkedBucketName(name: string, bucket: IConstruct, dots: "dots" | "no dots"): string {
  if (isToken(name)) return name;
  const broken = RULES.find(([pattern]) => pattern.test(name));
  if (broken !== undefined) throw STO001.violation({ at: bucket, given: `bucket name "${name}"`, fix: broken[1] });
  if (dots === "no dots" && name.includes("."))
    throw STO001.violation({
      at: bucket,
      given: `bucket name "${name}" with dots`,
      fix: "use hyphens: only a website bucket, which has no TLS anyway, can carry a domain's name",
    });
  claim(name, bucket);
  return name;
}

/**
 * The beginning of a name that AWS completes: a path is not unique in the world.
 * The provider adds 26 characters, which leaves 37.
 */
export function bucketPrefix(bucket: IConstruct): string {
  return `${Name.of(bucket).fit({ service: "S3 bucket prefix", maxLength: 36, pattern: /^[a-z0-9][a-z0-9-]*$/ })}-`;
}

function claim(name: string, bucket: IConstruct): void {
  const names = taken.get(bucket.node.root) ?? new Map<string, string>();
  taken.set(bucket.node.root, names);
  const owner = names.get(name);
  if (owner !== undefined && owner !== bucket.node.path)
    throw STO002.violation({
      at: bucket,
      given: `bucket name "${name}", which ${owner} has`,
      fix: "choose another name",
    });
  names.set(name, bucket.node.path);
}
