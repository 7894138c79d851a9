import type { Construct } from "constructs";
import { defined } from "../../core/defined";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { Principal } from "../iam/principal";
import { Statement } from "../iam/statement";
import type { Bucket, BucketProps } from "../storage/bucket";
import { BucketEncryption } from "../storage/settings/bucket-encryption";
import type { ILogBucket } from "../storage/log-bucket";
import { PublicAccess } from "../storage/settings/public-access";
import { AccessLogs } from "./access-logs";
import { Distribution, type DistributionOptions, type IDistribution } from "./distribution/distribution";
import { checkedPage } from "./page";

/** The public endpoint of a site. */
export interface Front {
  /** URL of the site. */
  readonly url: string;
  /** CloudFront distribution; undefined for a public website. */
  readonly distribution?: IDistribution;
}

/** Inputs of a hosting variant. */
export interface FrontProps {
  /** Bucket with the content. */
  readonly bucket: Bucket;
  /** Page of a directory. */
  readonly indexDocument: string;
  /** Where requests are logged. */
  readonly logs?: ILogBucket;
}

/** Settings of a public website. */
export interface PublicWebsiteOptions {
  /** Page for missing objects. @default - the error page of S3 */
  readonly errorDocument?: string;
}

/** Settings of a site behind CloudFront. */
export interface CloudFrontOptions extends DistributionOptions {
  /** KMS key that encrypts the objects. @default - keys managed by S3 (SSE-S3) */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines how a site is served. Each variant has only the options that it supports.
 *
 * @example Hosting.cloudFront({ fallback: Fallback.toIndex() }); Hosting.publicWebsite()
 */
export class Hosting {
  /** A private bucket behind CloudFront, over TLS. */
  static cloudFront(options: CloudFrontOptions = {}): Hosting {
    const { encryptionKey, ...rest } = options;
    return new Hosting(
      () => defined({ encryption: encryptionKey && BucketEncryption.key(encryptionKey) }),
      AccessLogs.kept(),
      (site, props) => {
        const distribution = new Distribution(site, "Distribution", { ...rest, ...props });
        return { url: distribution.url, distribution };
      },
    );
  }

  /** The website endpoint of the bucket: plain HTTP, public, with an index document in every directory. */
  static publicWebsite(options: PublicWebsiteOptions = {}): Hosting {
    const { errorDocument } = options;
    const errors = defined({ errorDocument: errorDocument === undefined ? undefined : checkedPage(errorDocument) });
    return new Hosting(
      (indexDocument) => ({ publicAccess: PublicAccess.possible(), website: { indexDocument, ...errors } }),
      AccessLogs.none(),
      (_site, { bucket }) => {
        bucket.addToPolicy(publicRead(bucket));
        return { url: `http://${bucket.websiteEndpoint ?? ""}` };
      },
    );
  }

  private constructor(
    /** Bucket settings that the variant requires. */
    readonly bucketProps: (indexDocument: string) => Pick<BucketProps, "encryption" | "publicAccess" | "website">,
    /** Access logs unless the site specifies others. */
    readonly defaultLogs: AccessLogs,
    /** Creates the public endpoint. */
    readonly open: (site: Construct, props: FrontProps) => Front,
  ) {}
}

function publicRead(bucket: Bucket): Statement {
  return Statement.allow({
    sid: "PublicReadGetObject",
    actions: ["s3:GetObject"],
    resources: [`${bucket.bucketArn}/*`],
    principals: [Principal.anyone()],
  });
}
