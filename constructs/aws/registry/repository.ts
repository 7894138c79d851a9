import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct, type IConstruct } from "constructs";
import { defined } from "../../core/defined";
import { checkStack } from "../../core/name-claims";
import { Name } from "../../core/name";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { physicalName } from "../physical-name";
import { AwsProviderVersion } from "../provider-version";
import { ImageLifecycle } from "./image-lifecycle";
import { ImageTags } from "./image-tags";
import { RepositoryGrants } from "./repository-grants";

const REPOSITORY_NAME = {
  service: "ECR repository",
  maxLength: 256,
  pattern: /^(?=.{2,})[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
};

/** A repository for container images. */
export interface IRepository extends IConstruct {
  /** ARN of the repository. */
  readonly repositoryArn: string;
  /** Name of the repository. */
  readonly repositoryName: string;
  /** Image name without tag: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repositoryUrl: string;
  /** Grants on the images. */
  readonly grants: RepositoryGrants;
}

/** Properties of {@link Repository}. */
export interface RepositoryProps {
  /** Physical name, which is part of the image name. @default - derived from the construct path */
  readonly repositoryName?: string;
  /** Whether tags can move to another image. @default - immutable tags */
  readonly imageTags?: ImageTags;
  /** Expiration of images. @default - keeps the newest 100 images, and untagged ones for 7 days */
  readonly lifecycle?: ImageLifecycle;
  /** Key that encrypts the images; changing it replaces the repository. @default - a key owned by ECR (AES-256) */
  readonly encryptionKey?: IEncryptionKey;
  /** Whether the images are deleted with the repository; otherwise ECR rejects deleting a repository with images. @default false */
  readonly forceDelete?: boolean;
}

/**
 * Defines a repository for container images.
 *
 * Creates the repository, which scans each pushed image for known vulnerabilities, and its lifecycle policy.
 * Cost: $0.10 per gigabyte and month; the lifecycle policy limits the growth.
 *
 * @example
 * const backend = new Repository(this, "Backend", { repositoryName: "demo-flask-backend" });
 * backend.grants.push(pipeline);
 */
export class Repository extends Construct implements IRepository {
  /** An existing repository of this account and region, by its name. */
  static fromName(scope: Construct, id: string, repositoryName: string): IRepository {
    class Import extends Construct implements IRepository {
      readonly repositoryName = Name.check(repositoryName, REPOSITORY_NAME, this);
      private readonly found = new DataAwsEcrRepository(this, "Resource", { name: repositoryName });
      readonly repositoryArn = this.found.arn;
      readonly repositoryUrl = this.found.repositoryUrl;
      readonly grants = new RepositoryGrants(this.found.arn);

      constructor() {
        super(scope, id);
        this.node.defaultChild = this.found;
        checkStack(this);
      }
    }
    return new Import();
  }

  /** ARN of the repository. */
  readonly repositoryArn: string;
  /** Name of the repository. */
  readonly repositoryName: string;
  readonly repositoryUrl: string;
  /** Whether tags can move to another image. */
  readonly imageTags: ImageTags;
  readonly grants: RepositoryGrants;

  constructor(scope: Construct, id: string, props: RepositoryProps = {}) {
    super(scope, id);
    this.imageTags = props.imageTags ?? ImageTags.immutable();
    const repository = this.createRepository(props);
    this.node.defaultChild = repository;
    this.repositoryArn = repository.arn;
    this.repositoryName = repository.name;
    this.repositoryUrl = repository.repositoryUrl;
    this.grants = new RepositoryGrants(repository.arn);
    new EcrLifecyclePolicy(this, "Lifecycle", {
      repository: repository.name,
      policy: (props.lifecycle ?? ImageLifecycle.keep()).toJson(),
    });
  }

  private createRepository({ repositoryName: name, encryptionKey, forceDelete }: RepositoryProps): EcrRepository {
    const { mutability, exceptions } = this.imageTags;
    if (exceptions.length > 0) AwsProviderVersion.requireAtLeast(this, "6.8", "ImageTags.immutableExcept()");
    return new EcrRepository(this, "Resource", {
      name: physicalName(this, name, REPOSITORY_NAME),
      imageTagMutability: mutability,
      ...defined({
        imageTagMutabilityExclusionFilter:
          exceptions.length === 0 ? undefined : exceptions.map((filter) => ({ filter, filterType: "WILDCARD" })),
      }),
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [
        encryptionKey === undefined
          ? { encryptionType: "AES256" }
          : { encryptionType: "KMS", kmsKey: encryptionKey.keyArn },
      ],
      forceDelete: forceDelete ?? false,
    });
  }
}
