import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { isPartition } from "../partition";
import { IAM008 } from "./rules";

/** The parts of an ARN. */
export interface Arn {
  /** Partition, such as `aws`. */
  readonly partition: string;
  /** Service, such as `s3`. */
  readonly service: string;
  /** Region; empty for global services. */
  readonly region: string;
  /** Id of the account; empty where ARNs contain none. */
  readonly account: string;
  /** Resource, in the service's own notation. */
  readonly resource: string;
}

/** Accounts of AWS in ARNs of resources that belong to no customer, such as managed policies. */
const AWS_ACCOUNTS = ["", "aws", "aws-managed", "aws-marketplace", "third-party", "cloudfront"];

/** Condition of each part. A part that contains a token is not checked. */
const PARTS: Readonly<Record<keyof Arn, (part: string) => boolean>> = {
  partition: isPartition,
  service: (part) => /^[a-z][a-z0-9-]*$/.test(part),
  region: (part) => part === "" || /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(part),
  account: (part) => /^\d{12}$/.test(part) || AWS_ACCOUNTS.includes(part),
  resource: (part) => /^[^\s]/.test(part),
};

/**
 * Parses an ARN; returns undefined for an ARN whose beginning is known only at apply. Rejects invalid ARNs, ARNs of other services,
 * and, with a prefix, ARNs of other resources.
 *
 * @example parseArn("arn:aws:iam::111122223333:role/deploy", "iam")?.account // "111122223333"
 */
export function parseArn(arn: string, service?: string, at?: Location, prefix = ""): Arn | undefined {
  const parts = partsOf(arn);
  if (isToken(parts.arn)) return undefined;
  const isValid = (name: keyof Arn) => isToken(parts[name]) || PARTS[name](parts[name]);
  const areValid = (Object.keys(PARTS) as (keyof Arn)[]).every(isValid);
  const isExpected = service === undefined || isToken(parts.service) || service === parts.service;
  if (parts.arn !== "arn" || !areValid || !isExpected || !hasPrefix(parts.resource, prefix))
    throw IAM008.violation({
      at,
      given: `"${arn}"`,
      fix: `use arn:aws:${service ?? "<service>"}:<region>:<account>:${prefix}<resource>`,
    });
  return parts;
}

/** A resource that begins with a token cannot be compared with a prefix. */
function hasPrefix(resource: string, prefix: string): boolean {
  return resource.startsWith(prefix) || resource.startsWith("${TfToken[");
}

/** Splits an ARN at its colons, not at those within a token. */
function partsOf(text: string): Arn & { readonly arn: string } {
  const pieces = text.match(/(?:\$\{TfToken\[[^\]]*\]\}|[^:])+|(?<=:)(?=:|$)|^(?=:)/g) ?? [];
  const [arn = "", partition = "", service = "", region = "", account = "", ...resource] = pieces;
  return { arn, partition, service, region, account, resource: resource.join(":") };
}
