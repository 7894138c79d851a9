import type { ImageOptions } from "../images/command";
import { action, addCommand, addGroup, type Registration } from "../program/command";
import { withOutputOptions } from "../project/synthesized-project";

/** Adds `groundwork images`. */
export const registerImages: Registration = (parent, io) => {
  const group = addGroup(parent, "images", "Builds the container images of an environment in its account.", [
    ["images build lab", "builds what is missing or outdated"],
    ["images status lab", "the digest and the state of each image"],
  ]);
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
