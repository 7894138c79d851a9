import { Principal } from "../iam/principal";
import { type Conditions, Statement } from "../iam/statement";

/** Account and region of a key, which its policy contains. */
export interface KeyLocation {
  readonly account: string;
  readonly region: string;
}

const USE = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"];

/**
 * Defines the permission of a service to use a key, restricted by a condition.
 *
 * In a key policy, the resource `*` means the key itself.
 *
 * @example key.allow(KeyUse.cloudWatchLogs("/aws/eks/*"))
 */
export class KeyUse {
  /** CloudWatch Logs, for log groups whose name matches a pattern (condition on the encryption context). */
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

  /** CloudFront, to read a private bucket for a distribution. */
  static cloudFront(distributionArn: string): KeyUse {
    return KeyUse.service("cloudfront.amazonaws.com", ["kms:Decrypt"], {
      StringEquals: { "aws:SourceArn": distributionArn },
    });
  }

  /** Log delivery services of AWS (CloudFront, load balancers, flow logs), for buckets of the account. */
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

  /** S3 server access logging, for buckets of the account. */
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

  /** Any other service. The conditions must exclude use on behalf of other accounts. */
  static service(service: string, actions: readonly string[], conditions: Conditions): KeyUse {
    return new KeyUse(() =>
      Statement.allow({ actions, resources: ["*"], principals: [Principal.service(service)], conditions }),
    );
  }

  private constructor(
    /** The permission as a statement of the policy of a key. */
    readonly statementIn: (location: KeyLocation) => Statement,
  ) {}
}
