import { rmSync } from "node:fs";
import { lookedUpImages } from "@groundwork/local/aws/emulated-images";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";

const output = synthesizedApp({
  "lab-eks-workloads": {
    provider: { aws: [{ region: "ap-northeast-2" }] },
    data: {
      aws_ecr_image: {
        Tag: { repository_name: "demo", image_tag: "latest" },
        Digest: { repository_name: "demo", image_digest: "sha256:1" },
        Own: { repository_name: "${aws_ecr_repository.Own.name}", image_tag: "latest" },
      },
    },
  },
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

test("the images that a stack looks up are those with a known repository and tag", () => {
  expect(synthesizedStacks(output).flatMap(lookedUpImages)).toEqual([
    { region: "ap-northeast-2", repository: "demo", tag: "latest" },
  ]);
});
