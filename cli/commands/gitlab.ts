import { InvalidArgumentError } from "commander";
import type { GitLabOptions } from "../gitlab/command";
import { action, addCommand, addGroup, type Registration } from "../program/command";
import { withOutputOptions } from "../project/synthesized-project";

/** Adds `groundwork gitlab`. */
export const registerGitlab: Registration = (parent, io) => {
  const group = addGroup(parent, "gitlab", "Follows the first boots of a GitLab server and its runner.", [
    ["gitlab wait lab-gitlab", "follows them until GitLab is ready"],
    ["gitlab status lab-gitlab", "the current step of each machine"],
  ]);
  const run = (verb: "wait" | "status" | "logs") =>
    action(io, async (stack: string, options: GitLabOptions) => {
      const { gitlabAction } = await import("../gitlab/command.ts");
      return gitlabAction(verb, stack, options, io);
    });
  withOutputOptions(
    addCommand(group, {
      usage: "wait <stack>",
      summary: "Follows the first boots until all are done; fails when one fails or a machine stays silent.",
      examples: [["gitlab wait lab-gitlab --timeout 30", "at most 30 minutes"]],
      exitCodes: "0 all first boots are done; 1 error or a first boot failed; 130 interrupted",
    }),
  )
    .option("--timeout <minutes>", "fail after this time", readMinutes, 60)
    .action(run("wait"));
  withOutputOptions(
    addCommand(group, {
      usage: "status <stack>",
      summary: "Prints the current step of each machine.",
      examples: [
        ["gitlab status lab-gitlab", "one line for each machine"],
        ["gitlab status lab-gitlab --json", "for programs"],
      ],
      exitCodes: "0 all first boots are done; 1 error or a first boot is not done",
    }),
  )
    .option("--json", "print JSON")
    .action(run("status"));
  withOutputOptions(
    addCommand(group, {
      usage: "logs <stack>",
      summary: "Prints the current step and the last lines of the log of each machine.",
      examples: [["gitlab logs lab-gitlab", "for a first boot that failed"]],
      exitCodes: "0 all first boots are done; 1 error or a first boot is not done",
    }),
  ).action(run("logs"));
};

/** Parses a number of minutes. */
export function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!(minutes > 0 && Number.isFinite(minutes))) throw new InvalidArgumentError("Use a number of minutes above 0.");
  return minutes;
}
