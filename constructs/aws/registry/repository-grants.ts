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
 * Defines what identities may do with the images of a repository. Each grant changes the identity's policy.
 *
 * @example repository.grants.push(pipeline)
 */
export class RepositoryGrants {
  constructor(private readonly repositoryArn: string) {}

  /** Pull images. Nodes of EKS can pull from every repository of the account without it. */
  pull(grantee: IGrantee): void {
    this.grant(grantee, PULL);
  }

  /** Push images, and pull what they are built on. */
  push(grantee: IGrantee): void {
    this.grant(grantee, [...new Set([...PUSH, ...PULL])].sort());
  }

  /** A login is the account's, not the repository's: ECR takes no narrower resource for it. */
  private grant(grantee: IGrantee, actions: readonly string[]): void {
    grantee.addToPolicy(
      Statement.allow({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }),
      Statement.allow({ actions, resources: [this.repositoryArn] }),
    );
  }
}
