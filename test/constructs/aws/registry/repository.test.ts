import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import { ImageLifecycle } from "@groundwork/constructs/aws/registry/image-lifecycle";
import { ImageTags } from "@groundwork/constructs/aws/registry/image-tags";
import { Repository, type RepositoryProps } from "@groundwork/constructs/aws/registry/repository";
import { REG001, REG002 } from "@groundwork/constructs/aws/registry/rules";
import { AWS003 } from "@groundwork/constructs/aws/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { resolved } from "../../../support/cluster";
import { awsStack, resource, resources, synthesized } from "../../../support/fixture";
import { statementsOf } from "../../../support/policy";

function repositoryWith(props: RepositoryProps = {}) {
  const stack = awsStack();
  return { stack, repository: new Repository(stack, "Backend", props) };
}

describe("Repository", () => {
  test("scans on push, encrypts, has immutable tags, and is not deleted with images by default", () => {
    expect(resource(repositoryWith().stack, EcrRepository)).toMatchObject({
      name: "test-backend",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
    });
  });

  test("supports mutable tags, deletion with images and a KMS key", () => {
    const stack = awsStack();
    const encryptionKey = new EncryptionKey(stack, "Key");
    new Repository(stack, "Backend", { imageTags: ImageTags.mutable(), forceDelete: true, encryptionKey });
    expect(resource(stack, EcrRepository)).toMatchObject({
      image_tag_mutability: "MUTABLE",
      force_delete: true,
      encryption_configuration: [{ encryption_type: "KMS", kms_key: resolved(stack, encryptionKey.keyArn) }],
    });
  });

  test("expires untagged images after 7 days and all except the newest 100, with the rule for all images last", () => {
    const { rules } = JSON.parse(String(resource(repositoryWith().stack, EcrLifecyclePolicy)["policy"])) as {
      rules: { rulePriority: number; selection: object }[];
    };
    expect(rules.map(({ rulePriority, selection }) => [rulePriority, selection])).toEqual([
      [1, { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 }],
      [2, { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 }],
    ]);
  });

  test("supports exceptions from immutability with a provider that has the argument", () => {
    const { stack } = repositoryWith({ imageTags: ImageTags.immutableExcept("latest", "dev-*") });
    AwsProviderVersion.require(stack, ">= 6.8.0, < 7.0.0");
    expect(resource(stack, EcrRepository)).toMatchObject({
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [
        { filter: "latest", filter_type: "WILDCARD" },
        { filter: "dev-*", filter_type: "WILDCARD" },
      ],
    });
  });

  test("rejects exceptions from immutability when the stack also accepts older providers", () => {
    const { stack } = repositoryWith({ imageTags: ImageTags.immutableExcept("latest") });
    expect(() => synthesized(stack)).toViolate(AWS003, /needs AWS provider 6\.8/);
  });

  test("grants pull and push permissions on this repository only", () => {
    const { stack, repository } = repositoryWith();
    const pipeline = new Role(stack, "Pipeline", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    repository.grants.pull(pipeline);
    repository.grants.push(pipeline);
    const [login, pull, push] = statementsOf(resource(stack, IamRolePolicy));
    expect(login).toMatchObject({ Action: "ecr:GetAuthorizationToken", Resource: "*" });
    expect(pull).toMatchObject({ Resource: resolved(stack, repository.repositoryArn) });
    expect(pull?.["Action"]).not.toContain("ecr:PutImage");
    expect(push?.["Action"]).toEqual(expect.arrayContaining(["ecr:PutImage", "ecr:BatchGetImage"]));
  });

  test("imports a repository by its name", () => {
    const stack = awsStack();
    const repository = Repository.fromName(stack, "Backend", "shop/backend");
    expect(resource(stack, DataAwsEcrRepository)).toMatchObject({ name: "shop/backend" });
    expect(resources(stack, EcrRepository)).toEqual([]);
    expect(repository.repositoryName).toBe("shop/backend");
  });

  test.each(["Upper", "a", "-a", "a//b"])("rejects the name %s", (repositoryName) => {
    expect(() => repositoryWith({ repositoryName })).toViolate(NAM001);
  });
});

describe("ImageTags", () => {
  test.each([
    [ImageTags.immutable(), "latest", false],
    [ImageTags.mutable(), "latest", true],
    [ImageTags.immutableExcept("latest", "dev-*"), "latest", true],
    [ImageTags.immutableExcept("latest", "dev-*"), "dev-1.2", true],
    [ImageTags.immutableExcept("v1.2"), "v1x2", false],
  ])("%# reports whether a tag can move", (tags, tag, moves) => {
    expect(tags.canMove(tag)).toBe(moves);
  });

  test.each([["*"], ["a*b*c*"], [""], ["with space"]])("rejects the pattern %j", (pattern) => {
    expect(() => ImageTags.immutableExcept(pattern)).toViolate(REG002);
  });

  test("rejects more patterns than ECR allows", () => {
    expect(() => ImageTags.immutableExcept("a", "b", "c", "d", "e", "f")).toViolate(REG002, /6 patterns/);
  });
});

describe("ImageLifecycle", () => {
  test.each([{ images: 0 }, { images: 1.5 }, { images: 100_001 }, { untagged: Duration.hours(36) }])(
    "rejects %j",
    (props) => {
      expect(() => ImageLifecycle.keep(props)).toViolate(REG001);
    },
  );

  test("rejects a name that another repository of the stack has", () => {
    const stack = awsStack();
    new Repository(stack, "One", { repositoryName: "shop/web" });
    expect(() => new Repository(stack, "Two", { repositoryName: "shop/web" })).toViolate(NAM002, /shop\/web/);
  });
});
