import { isToken } from "../../core/token";
import { parseArn } from "../iam/arn";
import { Principal } from "../iam/principal";
import { type Conditions, Statement } from "../iam/statement";
import type { Partition } from "../partition";
import { KMS003 } from "./rules";

/** Account and region of a key, which its policy contains. */
export interface KeyLocation {
  /** Id of the account. */
  readonly account: string;
  /** Region of the key. */
  readonly region: string;
  /** Partition of the region in ARNs. */
  readonly partition: Partition;
  /** Domain of the region's services, for example `amazonaws.com`. */
  readonly domain: string;
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
    if (!isToken(logGroupPattern) && !/^[\w./#*?-]{1,512}$/.test(logGroupPattern))
      throw KMS003.violation({
        at: "KeyUse.cloudWatchLogs",
        given: `log group "${logGroupPattern}"`,
        fix: "use the name of a log group, with wildcards where needed, not its ARN",
      });
    return new KeyUse(({ account, region, partition, domain }) =>
      Statement.allow({
        actions: USE,
        resources: ["*"],
        principals: [Principal.service(`logs.${region}.${domain}`)],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:${logGroupPattern}`,
          },
        },
      }),
    );
  }

  /** CloudFront, to read a private bucket for a distribution. */
  static cloudFront(distributionArn: string): KeyUse {
    parseArn(distributionArn, "cloudfront", "KeyUse.cloudFront", "distribution/");
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

  /**
   * EC2, to encrypt volumes for identities of the account, as the AWS managed key for EBS allows it. It includes the service-linked
   * role of Auto Scaling, which need not exist yet: KMS rejects a policy that names a role that does not exist.
   */
  static volumes(): KeyUse {
    return new KeyUse(({ account, region, domain }) =>
      Statement.allow({
        actions: [...USE, "kms:CreateGrant"],
        resources: ["*"],
        principals: [Principal.anyone()],
        conditions: {
          StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `ec2.${region}.${domain}` },
        },
      }),
    );
  }

  /** Any other service. The conditions must exclude use on behalf of other accounts. */
  static service(service: string, actions: readonly string[], conditions: Conditions): KeyUse {
    const isEmpty = Object.values(conditions).every((keys) => Object.keys(keys).length === 0);
    const broad = actions.find((action) => /^(\*|kms:[*?]*)$/i.test(action));
    if (isEmpty || broad !== undefined)
      throw KMS003.violation({
        at: "KeyUse.service",
        given: broad === undefined ? `${service} without conditions` : `${service} with the action "${broad}"`,
        fix: 'name the actions, for example "kms:Decrypt", and restrict them by "aws:SourceArn" or "aws:SourceAccount"',
      });
    return new KeyUse(() =>
      Statement.allow({ actions, resources: ["*"], principals: [Principal.service(service)], conditions }),
    );
  }

  private constructor(
    /** The permission as a statement of the policy of a key. */
    readonly statementIn: (location: KeyLocation) => Statement,
  ) {}
}
