import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";
import type { IBucket } from "../storage/bucket";
import type { IDistribution } from "./distribution/distribution";

/**
 * Defines what identities may do with a site. Each grant changes the identity's policy; the site is untouched.
 *
 * @example site.grants.deploy(runnerRole)
 */
export class SiteGrants {
  constructor(
    private readonly bucket: IBucket,
    private readonly distribution: IDistribution | undefined,
  ) {}

  /** What `aws s3 sync --delete` needs and, behind CloudFront, the order to forget what is cached. Nothing more. */
  deploy(grantee: IGrantee): void {
    this.bucket.grants.sync(grantee);
    if (this.distribution === undefined) return;
    grantee.addToPolicy(
      Statement.allow({ actions: ["cloudfront:CreateInvalidation"], resources: [this.distribution.distributionArn] }),
    );
  }
}
