import type { Conditions } from "../iam/statement";
import { Statement } from "../iam/statement";
import { Principal } from "../iam/principal";

/** Where a key is: what its policy has to spell out. */
export interface KeyPlace {
  readonly account: string;
  readonly region: string;
}

const USE = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"];

/**
 * Defines a service's permission to use a key, narrowed to the thing it may use it for.
 *
 * A key's policy says `*` where it means the key itself.
 *
 * @example key.allow(KeyUse.cloudWatchLogs("/aws/eks/*"))
 */
export class KeyUse {
  /** CloudWatch Logs, for log groups whose name matches a pattern. It names the group in the encryption context. */
  static cloudWatchLogs(logGroupPattern: string): KeyUse {
    return new KeyUse(({ account, region }) =>
      Statement.allow({
        actions: USE,
        resources: ["*"],
        principals: [Principal.service(`logs.${region}.amazonaws.com`)],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:${logGroupPattern}`,
          },
        },
      }),
    );
  }

  /** CloudFront, to read a private bucket on behalf of one distribution. */
  static cloudFront(distributionArn: string): KeyUse {
    return KeyUse.service("cloudfront.amazonaws.com", ["kms:Decrypt"], {
      StringEquals: { "aws:SourceArn": distributionArn },
    });
  }

  /** Services of AWS that deliver logs into a bucket of the account (CloudFront's, load balancers', flow logs). */
  static logDelivery(): KeyUse {
    return new KeyUse(({ account }) =>
      Statement.allow({
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        principals: [Principal.service("delivery.logs.amazonaws.com")],
        conditions: { StringEquals: { "aws:SourceAccount": account } },
      }),
    );
  }

  /** S3's access logs, from the account's own buckets. */
  static s3Logging(): KeyUse {
    return new KeyUse(({ account }) =>
      Statement.allow({
        actions: ["kms:GenerateDataKey"],
        resources: ["*"],
        principals: [Principal.service("logging.s3.amazonaws.com")],
        conditions: { StringEquals: { "aws:SourceAccount": account } },
      }),
    );
  }

  /** Any other service: its name, what it does with the key, and when. The condition is what keeps other accounts out. */
  static service(service: string, actions: readonly string[], conditions: Conditions): KeyUse {
    return new KeyUse(() =>
      Statement.allow({ actions, resources: ["*"], principals: [Principal.service(service)], conditions }),
    );
  }

  private constructor(
    /** The permission as a statement of the policy of a key in a place. */
    readonly statementIn: (place: KeyPlace) => Statement,
  ) {}
}
