import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { IAM008 } from "./rules";

/** The parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d*|aws):.+$/;

/**
 * Parses an ARN; returns undefined for an ARN that is known only at apply. Rejects invalid ARNs and ARNs of another service.
 *
 * @example parseArn("arn:aws:iam::111122223333:role/deploy", "iam")?.account // "111122223333"
 */
export function parseArn(arn: string, service?: string, at?: Location): Arn | undefined {
  if (isToken(arn)) return undefined;
  const parts = partsOf(arn);
  if (!ARN.test(arn) || (service ?? parts.service) !== parts.service)
    throw IAM008.violation({
      at,
      given: `"${arn}"`,
      fix: `use arn:aws:${service ?? "<service>"}:<region>:<account>:<resource>`,
    });
  return parts;
}

function partsOf(arn: string): Arn {
  const [, partition = "", service = "", region = "", account = "", ...resource] = arn.split(":");
  return { partition, service, region, account, resource: resource.join(":") };
}
