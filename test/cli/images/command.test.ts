import { rmSync } from "node:fs";
import { type ImageCommand, imagesCommand, selectImages } from "@groundwork/cli/images/command";
import type { Image } from "@groundwork/cli/images/image";
import { imageProjects } from "@groundwork/cli/images/image-project";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import { synthesizedApp } from "../../support/synthesized-app";

const provider = { aws: [{ region: "ap-northeast-2" }] };
const variables = (name: string) => ({ environment: { environment_variable: [{ name, value: "x" }] } });
const output = synthesizedApp({
  "lab-eks": {
    provider,
    resource: {
      aws_codebuild_project: {
        Image: { name: "lab-eks-web-build", ...variables("BUILD_DEFINITION") },
        Other: { name: "tests", ...variables("STAGE") },
      },
    },
  },
  "lab-site": { provider },
  "other-site": { provider },
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

const print = { out: () => undefined, log: () => undefined };
const run = (command: Partial<ImageCommand>) =>
  imagesCommand(
    { verb: "status", environment: "lab", project: output, output, ...command },
    print,
    new AbortController().signal,
  );

const imageOf = (repository: string) => ({ definition: { repository } }) as Image;

describe("groundwork images", () => {
  test("finds the projects that build images, and no others", () => {
    expect(imageProjects(synthesizedStacks(output))).toEqual([
      { stack: "lab-eks", region: "ap-northeast-2", name: "lab-eks-web-build" },
    ]);
  });

  test("selects repositories by a part of their names", () => {
    const images = ["demo-flask-backend", "demo-frontend"].map(imageOf);
    expect(selectImages(images, undefined)).toHaveLength(2);
    expect(selectImages(images, "Flask")).toEqual([images[0]]);
    expect(() => selectImages(images, "node")).toThrow(
      'no repository with "node" in its name; repositories: demo-flask-backend, demo-frontend',
    );
  });

  test("rejects an environment that does not exist, and one that builds no images", async () => {
    await expect(run({ environment: "lap" })).rejects.toThrow(/no stack of an environment "lap"/);
    await expect(run({ environment: "other" })).rejects.toThrow(/no stack of other builds images; add build/);
  });
});
