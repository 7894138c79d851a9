import type { Construct } from "constructs";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { Principal } from "../iam/principal";
import { Statement } from "../iam/statement";
import type { Bucket, BucketProps } from "../storage/bucket";
import { BucketEncryption } from "../storage/settings/bucket-encryption";
import type { ILogBucket } from "../storage/log-bucket";
import { PublicAccess } from "../storage/settings/public-access";
import { AccessLogs } from "./access-logs";
import type { DistributionOptions, IDistribution } from "./distribution/distribution";
import { Distribution } from "./distribution/distribution";
import { checkedPage } from "./page";

/** What stands between readers and the bucket. */
export interface Front {
  readonly url: string;
  readonly distribution?: IDistribution;
}

/** What a way of hosting is given. */
export interface FrontProps {
  readonly bucket: Bucket;
  readonly indexDocument: string;
  readonly logs?: ILogBucket;
}

export interface PublicWebsiteOptions {
  /** Page for what is missing. @default - S3's own error page */
  readonly errorDocument?: string;
}

export interface CloudFrontOptions extends DistributionOptions {
  /** Key of the account's own for the objects. @default - keys that S3 keeps */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines how readers reach a site. What only one way has can only be said there.
 *
 * @example Hosting.cloudFront({ fallback: Fallback.toIndex() }); Hosting.publicWebsite()
 */
export class Hosting {
  /** A private bucket behind CloudFront, over TLS. */
  static cloudFront(options: CloudFrontOptions = {}): Hosting {
    const { encryptionKey, ...rest } = options;
    return new Hosting(
      () => (encryptionKey === undefined ? {} : { encryption: BucketEncryption.key(encryptionKey) }),
      AccessLogs.kept(),
      (site, props) => {
        const distribution = new Distribution(site, "Distribution", { ...rest, ...props });
        return { url: distribution.url, distribution };
      },
    );
  }

  /** The bucket's own website endpoint: plain HTTP, open to the world, indexes in every directory. */
  static publicWebsite(options: PublicWebsiteOptions = {}): Hosting {
    const { errorDocument } = options;
    const errors = errorDocument === undefined ? {} : { errorDocument: checkedPage(errorDocument) };
    return new Hosting(
      (indexDocument) => ({ publicAccess: PublicAccess.possible(), website: { indexDocument, ...errors } }),
      AccessLogs.none(),
      (_site, { bucket }) => {
        bucket.addToPolicy(everybodyReads(bucket));
        return { url: `http://${bucket.websiteEndpoint ?? ""}` };
      },
    );
  }

  private constructor(
    /** What this way of hosting needs of the bucket. */
    readonly bucketProps: (indexDocument: string) => Pick<BucketProps, "encryption" | "publicAccess" | "website">,
    /** Where records go unless the site says otherwise. */
    readonly defaultLogs: AccessLogs,
    /** Builds what stands in front of the bucket. */
    readonly open: (site: Construct, props: FrontProps) => Front,
  ) {}
}

function everybodyReads(bucket: Bucket): Statement {
  return Statement.allow({
    sid: "PublicReadGetObject",
    actions: ["s3:GetObject"],
    resources: [`${bucket.bucketArn}/*`],
    principals: [Principal.anyone()],
  });
}
