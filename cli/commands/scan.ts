import { action, addCommand, type Registration } from "../program/command";
import { withStackOptions } from "../project/synthesized-project";
import type { ScanOptions } from "../scan/command";

/** Adds `groundwork scan`. */
export const registerScan: Registration = (parent, io) => {
  withStackOptions(
    addCommand(parent, {
      usage: "scan [stacks...]",
      summary: "Scans the synthesized stacks with checkov; fails on findings that are not accepted with a reason.",
      examples: [
        ["scan", "all stacks"],
        ["scan 'lab-*' --json", "findings as JSON"],
        ["scan --accepted security/accepted.yml", "another file of accepted findings"],
      ],
      exitCodes:
        "0 every finding is accepted; 1 error, a finding without a reason, or Python is missing; 130 interrupted",
    }),
  )
    .option("--accepted <file>", "file of accepted findings (default: scan-accepted.yml of the project, if it exists)")
    .option("--json", "print JSON")
    .action(
      action(io, async (stacks: readonly string[], options: ScanOptions) => {
        const { scanCommand } = await import("../scan/command.ts");
        return scanCommand(stacks, options, io);
      }),
    );
};
