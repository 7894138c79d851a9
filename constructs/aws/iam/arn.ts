import { isToken } from "../../core/token";
import { IAM008 } from "./rules";

/** The parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Reads an ARN, or nothing when it is known only at apply. Refuses what is no ARN, or an ARN of another service.
 *
 * @example parseArn("arn:aws:iam::111122223333:role/deploy", "iam")?.account // "111122223333"
 */
export function parseArn(
  arn: string,
  service?: string,
  at?: { readonly node: { readonly path: string } },
): Arn | undefined {
  if (isToken(arn)) return undefined;
  const [prefix, partition = "", of = "", region = "", account = "", ...resource] = arn.split(":");
  if (prefix !== "arn" || !/^aws/.test(partition) || of === "" || resource.join(":") === "" || (service ?? of) !== of)
    throw IAM008.violation({
      ...(at === undefined ? {} : { at }),
      given: `"${arn}"`,
      fix: `write arn:aws:${service ?? "<service>"}:<region>:<account>:<resource>`,
    });
  return { partition, service: of, region, account, resource: resource.join(":") };
}
