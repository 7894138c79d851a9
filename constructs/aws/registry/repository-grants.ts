import type { IGrantee } from "../iam/grantee";
import { Statement } from "../iam/statement";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const PUSH = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/**
 * Defines permissions of identities on the images of a repository. Each grant changes the policy of the identity.
 *
 * @example repository.grants.push(pipeline)
 */
export class RepositoryGrants {
  constructor(private readonly repositoryArn: string) {}

  /** Pull images. EKS nodes need no grant: their role can pull from every repository of the account. */
  pull(grantee: IGrantee): void {
    this.grant(grantee, PULL);
  }

  /** Push images, and pull their base images and layers. */
  push(grantee: IGrantee): void {
    this.grant(grantee, [...new Set([...PUSH, ...PULL])].sort());
  }

  /** The login applies to the account's registry: ECR supports no narrower resource for it. */
  private grant(grantee: IGrantee, actions: readonly string[]): void {
    grantee.addToPolicy(
      Statement.allow({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }),
      Statement.allow({ actions, resources: [this.repositoryArn] }),
    );
  }
}
