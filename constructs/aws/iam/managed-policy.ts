import { parseArn } from "./arn";

/**
 * Defines a policy that exists already, AWS's or the account's.
 *
 * @example ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore"); ManagedPolicy.fromArn(platform.boundaryArn, "Boundary")
 */
export class ManagedPolicy {
  /** A policy that AWS keeps, by name, with its path if it has one: `service-role/AmazonEBSCSIDriverPolicy`. */
  static ofAws(name: string, partition: "aws" | "aws-cn" | "aws-us-gov" = "aws"): ManagedPolicy {
    return new ManagedPolicy(`arn:${partition}:iam::aws:policy/${name}`, lastPart(name));
  }

  /** A policy by its ARN; `noun` is the id of its attachment, for an ARN that is known only at apply. */
  static fromArn(arn: string, noun?: string): ManagedPolicy {
    const resource = parseArn(arn, "iam")?.resource;
    return new ManagedPolicy(arn, noun ?? lastPart(resource ?? "Policy"));
  }

  private constructor(
    readonly policyArn: string,
    /** What the policy is called in construct ids. */
    readonly noun: string,
  ) {}
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
