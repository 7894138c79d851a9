import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { ImageDigest } from "@groundwork/constructs/aws/registry/image-digest";
import { Repository } from "@groundwork/constructs/aws/registry/repository";
import { REG007 } from "@groundwork/constructs/aws/registry/rules";
import { resolved } from "../../../support/cluster";
import { awsStack, resource, synthesized } from "../../../support/fixture";

function checksOf(stack: ReturnType<typeof awsStack>): readonly object[] {
  return Object.values((synthesized(stack) as { check?: Record<string, object> }).check ?? {});
}

describe("ImageDigest", () => {
  test("finds the digest of a tag, in an address with the image and the command that builds it", () => {
    const stack = awsStack();
    const repository = Repository.fromName(stack, "Images", "shop/backend");
    const digest = new ImageDigest(stack, "Digest", { repository, tag: "1.0", command: "groundwork images build lab" });
    const found = resource(stack, DataAwsEcrImage);
    expect(found).toMatchObject({ repository_name: "shop/backend", image_tag: "1.0" });
    expect(found.address).toMatch(/^aws_ecr_image\.shop_backend_1_0_from_groundwork_images_build_lab_[0-9a-f]{8}$/);
    expect(resolved(stack, digest.digest)).toBe(`\${data.${found.address}.image_digest}`);
    expect(resolved(stack, digest.image)).toMatch(/repository_url\}@\$\{data\.aws_ecr_image\.[\w-]+\.image_digest\}$/);
  });

  test("warns of a repository without images in a complete sentence", () => {
    const stack = awsStack();
    const repository = Repository.fromName(stack, "Images", "backend");
    new ImageDigest(stack, "Digest", { repository, tag: "latest", command: "groundwork images build lab" });
    expect(checksOf(stack)).toMatchObject([
      {
        assert: [
          {
            error_message:
              "repository backend has no image :latest, or its newest image has no tag; run npx groundwork images build lab",
          },
        ],
      },
    ]);
  });

  test("can be defined twice for an image, and without a command", () => {
    const stack = awsStack();
    const repository = Repository.fromName(stack, "Images", "9backend");
    for (const id of ["One", "Two"]) new ImageDigest(stack, id, { repository, tag: "latest" });
    expect(JSON.stringify(checksOf(stack))).toContain("; push it");
    expect(checksOf(stack)).toHaveLength(2);
  });

  test("has no explanation for a repository of the same stack, whose name is known only at apply", () => {
    const stack = awsStack();
    new ImageDigest(stack, "Digest", { repository: new Repository(stack, "Images"), tag: "latest" });
    expect(checksOf(stack)).toEqual([]);
  });

  test.each(["", "-x", "a b"])("rejects the tag %j", (tag) => {
    const stack = awsStack();
    const repository = Repository.fromName(stack, "Images", "backend");
    expect(() => new ImageDigest(stack, "Digest", { repository, tag })).toViolate(REG007);
  });
});
