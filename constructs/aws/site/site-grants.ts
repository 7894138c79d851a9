import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";
import type { IBucket } from "../storage/bucket";
import type { IDistribution } from "./distribution/distribution";

/**
 * Defines permissions of identities on a site. Each grant changes the policy of the identity; the site is unchanged.
 *
 * @example site.grants.deploy(runnerRole)
 */
export class SiteGrants {
  constructor(
    private readonly bucket: IBucket,
    private readonly distribution: IDistribution | undefined,
  ) {}

  /** Permissions for `aws s3 sync --delete` and, behind CloudFront, for cache invalidations. */
  deploy(grantee: IGrantee): void {
    this.bucket.grants.sync(grantee);
    if (this.distribution === undefined) return;
    grantee.addToPolicy(
      Statement.allow({ actions: ["cloudfront:CreateInvalidation"], resources: [this.distribution.distributionArn] }),
    );
  }
}
