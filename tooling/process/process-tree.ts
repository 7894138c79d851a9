import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One line of the process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The program's name without its path; the system may cut it to 15 letters. */
  readonly name: string;
}

/** All processes of this machine that can be seen. */
export function processTable(): readonly ProcessEntry[] {
  return process.platform === "linux" ? tableOfLinux() : tableByPs();
}

/**
 * The processes below one, from the top down, without what stands below a program that looks after its own children.
 *
 * Terraform is such a program: its providers must end when Terraform has no more use for them, not when we say so.
 */
export function descendants(
  table: readonly ProcessEntry[],
  pid: number,
  looksAfterItsOwn: (name: string) => boolean,
): readonly ProcessEntry[] {
  return table
    .filter((entry) => entry.parent === pid)
    .flatMap((child) => [
      child,
      ...(looksAfterItsOwn(child.name) ? [] : descendants(table, child.pid, looksAfterItsOwn)),
    ]);
}

function tableOfLinux(): readonly ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z") return [];
        return [
          { pid: Number(pid), parent: Number(parent), name: stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")) },
        ];
      } catch {
        // It ended while the table was read.
        return [];
      }
    });
}

function tableByPs(): readonly ProcessEntry[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
    return command === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), name: command.slice(command.lastIndexOf("/") + 1) }];
  });
}
