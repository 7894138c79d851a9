import type { IConstruct } from "constructs";
import { Violations } from "../../core/violation";
import { MANAGED_POLICIES_PER_ROLE } from "../limits";
import type { ManagedPolicy } from "./managed-policy";
import { IAM010 } from "./rules";

/** Ids of other parts of a role, which no attachment can have. */
const RESERVED = ["Resource", "Policy"];

/** A policy of a role with the construct id of its attachment. */
export interface Attachment {
  readonly id: string;
  readonly policy: ManagedPolicy;
}

/**
 * The attachments of a role: the id is the last part of the policy's name. A policy whose last part an earlier one has, or which is
 * an id of the role itself, has a hash of its ARN in its id. Rejects duplicates, too many policies, and policies without an id.
 */
export function attachmentsOf(policies: readonly ManagedPolicy[], at: IConstruct): readonly Attachment[] {
  const arns = policies.map(({ policyArn }) => policyArn);
  const unnamed = policies.filter(({ attachmentId }) => attachmentId === "");
  Violations.throwIfAny([
    ...[...new Set(arns.filter((arn, index) => arns.indexOf(arn) !== index))].map((arn) =>
      IAM010.violation({ at, given: `the managed policy ${arn} twice`, fix: "attach it once" }),
    ),
    ...unnamed.map(({ policyArn }) =>
      IAM010.violation({
        at,
        given: `the managed policy ${policyArn}, whose ARN is known only at apply`,
        fix: 'give its attachment an id: ManagedPolicy.fromArn(arn, "Boundary")',
      }),
    ),
    ...(policies.length > MANAGED_POLICIES_PER_ROLE
      ? [
          IAM010.violation({
            at,
            given: `${policies.length} managed policies`,
            fix: `attach at most ${MANAGED_POLICIES_PER_ROLE}, and add other permissions to the inline policy`,
          }),
        ]
      : []),
  ]);
  const taken = new Set(RESERVED);
  return policies.map((policy) => {
    const { attachmentId, distinctId } = policy;
    const id = taken.has(attachmentId) ? distinctId : attachmentId;
    taken.add(id);
    return { id, policy };
  });
}
