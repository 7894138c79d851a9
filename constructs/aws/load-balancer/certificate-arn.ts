import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { ELB005 } from "./rules";

/** A certificate of ACM. */
export interface ICertificate {
  /** ARN of the certificate. */
  readonly certificateArn: string;
}

/** ARNs of certificates; rejects those that a load balancer in the region cannot use. */
export function certificateArns(
  certificates: readonly ICertificate[],
  region: string,
  at?: Location,
): readonly string[] {
  for (const { certificateArn: arn } of certificates) {
    const [, found] = /^arn:aws[\w-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/.exec(arn) ?? [];
    if (isToken(arn) || found === region) continue;
    throw ELB005.violation({
      at,
      given: found === undefined ? `certificate "${arn}"` : `a certificate in ${found}`,
      fix: `use a certificate of ACM in ${region}, the region of the load balancer`,
    });
  }
  return certificates.map(({ certificateArn }) => certificateArn);
}
