import { hashOf } from "../../core/text";
import { isToken } from "../../core/token";
import type { Partition } from "../partition";
import { parseArn } from "./arn";
import { IAM010 } from "./rules";

/**
 * Defines an existing managed policy, of AWS or of the account.
 *
 * @example ManagedPolicy.ofAws("AmazonSSMManagedInstanceCore"); ManagedPolicy.fromArn(platform.boundaryArn, "Boundary")
 */
export class ManagedPolicy {
  /**
   * An AWS managed policy by its name, including the path: `service-role/AmazonEBSCSIDriverPolicy`. Without a partition, its ARN has
   * the partition of the stack's provider.
   */
  static ofAws(name: string, partition?: Partition): ManagedPolicy {
    if (!/^([\w+=,.@-]+\/)*[\w+=,.@-]+$/.test(name))
      throw IAM010.violation({
        given: `AWS managed policy "${name}"`,
        fix: 'use its name with its path, for example "service-role/AmazonEBSCSIDriverPolicy"',
      });
    return new ManagedPolicy((own) => `arn:${partition ?? own}:iam::aws:policy/${name}`, lastPart(name));
  }

  /** A policy by its ARN. An ARN that is known only at apply needs `attachmentId`, the construct id of its attachment, in a role. */
  static fromArn(arn: string, attachmentId?: string): ManagedPolicy {
    const resource = parseArn(arn, "iam", undefined, "policy/")?.resource;
    const derived = resource === undefined || isToken(resource) ? "" : lastPart(resource);
    return new ManagedPolicy(() => arn, attachmentId ?? derived);
  }

  private constructor(
    private readonly arn: (partition: Partition) => string,
    /** Construct id of the policy's attachment; empty for an ARN that is known only at apply. */
    readonly attachmentId: string,
  ) {}

  /** ARN of the policy in the commercial partition. */
  get policyArn(): string {
    return this.arnIn("aws");
  }

  /** ARN of the policy in a partition. */
  arnIn(partition: Partition): string {
    return this.arn(partition);
  }

  /** An id of the attachment that distinguishes policies with one last part: `service-role/Support` and `Support`. */
  get distinctId(): string {
    return `${this.attachmentId}-${hashOf(this.policyArn)}`;
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
