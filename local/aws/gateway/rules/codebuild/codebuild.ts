import { failure } from "../../response";
import type { Rule } from "../../rule";
import { Builds } from "./builds";
import { Projects } from "./projects";

/**
 * CodeBuild: moto's projects lose settings and its builds push no image. A build of this one runs no command: it pushes the manifest of an
 * image to the emulated registry and writes a log.
 */
export function codebuild(): Rule {
  const projects = new Projects();
  const builds = new Builds(projects);
  return {
    name: "CodeBuild",
    applies: ({ service }) => service === "codebuild",
    handle: (call, forward) =>
      Promise.resolve(
        projects.respond(call) ??
          builds.respond(call, forward) ??
          failure("InvalidInputException", `the local cloud's CodeBuild has no operation ${call.action}`),
      ),
  };
}
