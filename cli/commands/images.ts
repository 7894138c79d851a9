import type { ImageOptions } from "../images/command";
import type { PromoteOptions } from "../images/promotion/command";
import type { RecordOptions } from "../images/promotion/record";
import { action, addCommand, addGroup, type Registration } from "../program/command";
import { withOutputOptions } from "../project/synthesized-project";

/** Adds `groundwork images`. */
export const registerImages: Registration = (parent, io) => {
  const group = addGroup(
    parent,
    "images",
    "Builds the container images of an environment in its account, and promotes them to another one.",
    [
      ["images build lab", "builds what is missing or outdated"],
      ["images status lab", "the digest and the state of each image"],
      ["images promote lab production", "the images of the lab, without a rebuild"],
    ],
  );
  registerBuilds(group, io);
  registerRecord(group, io);
  registerPromote(group, io);
};

const registerBuilds: Registration = (group, io) => {
  const run = (verb: "build" | "status" | "logs") =>
    action(io, async (environment: string, options: ImageOptions) => {
      const { imagesAction } = await import("../images/command.ts");
      return imagesAction(verb, environment, options, io);
    });
  const service = "only repositories with this text in their names";
  withOutputOptions(
    addCommand(group, {
      usage: "build <environment>",
      summary: "Builds the images that are missing or outdated, and records their digests; a second run does nothing.",
      examples: [
        ["images build lab", "all images"],
        ["images build lab --service flask", "one image"],
      ],
    }),
  )
    .option("--service <text>", service)
    .option("--json", "print JSON")
    .action(run("build"));
  withOutputOptions(
    addCommand(group, {
      usage: "status <environment>",
      summary: "Prints whether each image is current, missing, outdated or being built.",
      examples: [
        ["images status lab", "one line for each image"],
        ["images status lab --json", "for programs"],
      ],
      exitCodes: "0 all images are current; 1 error or an image is not current",
    }),
  )
    .option("--service <text>", service)
    .option("--json", "print JSON")
    .action(run("status"));
  withOutputOptions(
    addCommand(group, {
      usage: "logs <environment>",
      summary: "Prints the log of the last build of each image.",
      examples: [["images logs lab --service flask", "for a build that failed"]],
    }),
  )
    .option("--service <text>", service)
    .action(run("logs"));
};

const registerRecord: Registration = (group, io) => {
  withOutputOptions(
    addCommand(group, {
      usage: "record <environment>",
      summary:
        "Records an image that a pipeline has pushed in the environment's lock file; its tag must have the digest.",
      examples: [
        [
          'images record dev --service flask --digest "$(cat image.digest)" --source "$CI_PROJECT_URL" --revision "$CI_COMMIT_SHA"',
          "in a job of GitLab",
        ],
      ],
    }),
  )
    .requiredOption("--service <text>", "text in the name of one service or repository")
    .requiredOption("--digest <digest>", "digest of the image")
    .requiredOption("--source <url>", "address of its source")
    .requiredOption("--revision <commit>", "complete hash of the commit that it was built from")
    .action(
      action(io, async (environment: string, options: RecordOptions) => {
        const { recordAction } = await import("../images/promotion/record.ts");
        return recordAction(environment, options, io);
      }),
    );
};

const registerPromote: Registration = (group, io) => {
  withOutputOptions(
    addCommand(group, {
      usage: "promote <from> <to>",
      summary: "Copies the images that one environment's lock file records to another environment, without a rebuild.",
      examples: [
        ["images promote lab production --service flask", "one image"],
        ["images promote lab production --accept CVE-2026-1234", "in spite of a critical finding"],
      ],
      exitCodes: "0 all images are there; 1 error or a blocked image, nothing was changed; 130 interrupted",
    }),
  )
    .option("--service <text>", "only services and repositories with this text in their names")
    .option("--accept <finding>", "a critical finding that does not block; repeatable", collected)
    .option("--without-scan", "promote images whose scan is missing or in progress")
    .option("--json", "print JSON")
    .action(
      action(io, async (from: string, to: string, options: PromoteOptions) => {
        const { promoteAction } = await import("../images/promotion/command.ts");
        return promoteAction(from, to, options, io);
      }),
    );
};

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
