import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { Name } from "../../core/name";
import type { IEncryptionKey } from "../encryption/encryption-key";
import { AwsProviderVersion } from "../provider-version";
import { ImageLifecycle } from "./image-lifecycle";
import { ImageTags } from "./image-tags";
import { RepositoryGrants } from "./repository-grants";

const REPOSITORY_NAME = {
  service: "ECR repository",
  maxLength: 256,
  pattern: /^(?=.{2,})[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
};

/** A place for container images of one name. */
export interface IRepository extends IConstruct {
  readonly repositoryArn: string;
  readonly repositoryName: string;
  /** What images are called, without their tag: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repositoryUrl: string;
  /** What identities may do with the images. */
  readonly grants: RepositoryGrants;
}

export interface RepositoryProps {
  /** Physical name, which images carry. @default - made from the construct path */
  readonly repositoryName?: string;
  /** Whether a tag can be given to another image. @default - never: a tag stays with its image */
  readonly imageTags?: ImageTags;
  /** What is dropped by itself. @default - all but the newest hundred images, untagged ones after a week */
  readonly lifecycle?: ImageLifecycle;
  /** Key that encrypts the images; another one replaces the repository. @default - ECR's own key (AES-256) */
  readonly encryptionKey?: IEncryptionKey;
  /** Whether the images go when the repository goes; else ECR refuses to delete it. @default false */
  readonly forceDelete?: boolean;
}

/**
 * Defines a repository for container images.
 *
 * Creates the repository, which scans each image for known weaknesses when it is pushed, and its lifecycle policy.
 * Cost: ten cents a gigabyte and month; the lifecycle keeps that from growing for ever.
 *
 * @example
 * const backend = new Repository(this, "Backend", { repositoryName: "demo-flask-backend" });
 * backend.grants.push(pipeline);
 */
export class Repository extends Construct implements IRepository {
  /** A repository of this account and region that exists, by its name. */
  static fromName(scope: Construct, id: string, repositoryName: string): IRepository {
    return new ImportedRepository(scope, id, repositoryName);
  }

  readonly repositoryArn: string;
  readonly repositoryName: string;
  readonly repositoryUrl: string;
  /** Whether a tag can be given to another image. */
  readonly imageTags: ImageTags;
  readonly grants: RepositoryGrants;

  constructor(scope: Construct, id: string, props: RepositoryProps = {}) {
    super(scope, id);
    this.imageTags = props.imageTags ?? ImageTags.immutable();
    const repository = this.make(props);
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

  private make({ repositoryName: name, encryptionKey, forceDelete }: RepositoryProps): EcrRepository {
    const { mutability, exceptions } = this.imageTags;
    if (exceptions.length > 0) AwsProviderVersion.demand(this, "6.8", "ImageTags.immutableExcept()");
    return new EcrRepository(this, "Resource", {
      name: name === undefined ? Name.of(this).fit(REPOSITORY_NAME) : Name.check(name, REPOSITORY_NAME, this),
      imageTagMutability: mutability,
      ...(exceptions.length === 0
        ? {}
        : { imageTagMutabilityExclusionFilter: exceptions.map((filter) => ({ filter, filterType: "WILDCARD" })) }),
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

class ImportedRepository extends Construct implements IRepository {
  readonly repositoryArn: string;
  readonly repositoryUrl: string;
  readonly grants: RepositoryGrants;

  constructor(
    scope: Construct,
    id: string,
    readonly repositoryName: string,
  ) {
    super(scope, id);
    Name.check(repositoryName, REPOSITORY_NAME, this);
    const found = new DataAwsEcrRepository(this, "Resource", { name: repositoryName });
    this.node.defaultChild = found;
    this.repositoryArn = found.arn;
    this.repositoryUrl = found.repositoryUrl;
    this.grants = new RepositoryGrants(found.arn);
  }
}
