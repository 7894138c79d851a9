import { parseArn } from "./arn";

/**
 * Defines an existing managed policy, of AWS or of the account.
 *
 * @example ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore"); ManagedPolicy.fromArn(platform.boundaryArn, "Boundary")
 */
export class ManagedPolicy {
  /** An AWS managed policy by its name, including the path: `service-role/AmazonEBSCSIDriverPolicy`. */
  static ofAws(name: string, partition: "aws" | "aws-cn" | "aws-us-gov" = "aws"): ManagedPolicy {
    return new ManagedPolicy(`arn:${partition}:iam::aws:policy/${name}`, lastPart(name));
  }

  /** A policy by its ARN. An ARN that is known only at apply needs `attachmentId`, the construct id of its attachment. */
  static fromArn(arn: string, attachmentId?: string): ManagedPolicy {
    const resource = parseArn(arn, "iam")?.resource;
    return new ManagedPolicy(arn, attachmentId ?? lastPart(resource ?? "Policy"));
  }

  private constructor(
    readonly policyArn: string,
    /** Construct id of the policy's attachment. */
    readonly attachmentId: string,
  ) {}
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
