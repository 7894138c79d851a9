import { readdirSync, readFileSync } from "node:fs";
import { execaSync } from "execa";

/** One line of the process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The program's name without its path; the system may truncate it to 15 characters. */
  readonly name: string;
}

/** All visible processes of this machine. */
export function processTable(): readonly ProcessEntry[] {
  return process.platform === "linux" ? tableOfLinux() : tableByPs();
}

/**
 * The descendants of a process, parents first, without the children of programs that manage their own.
 *
 * Terraform is such a program: it ends its providers itself once it no longer needs them.
 */
export function descendants(
  table: readonly ProcessEntry[],
  pid: number,
  managesItsChildren: (name: string) => boolean,
): readonly ProcessEntry[] {
  return table
    .filter((entry) => entry.parent === pid)
    .flatMap((child) => [
      child,
      ...(managesItsChildren(child.name) ? [] : descendants(table, child.pid, managesItsChildren)),
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
        // The process ended while the table was read.
        return [];
      }
    });
}

function tableByPs(): readonly ProcessEntry[] {
  const { stdout } = execaSync("ps", ["-A", "-o", "pid=,ppid=,comm="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
    return command === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), name: command.slice(command.lastIndexOf("/") + 1) }];
  });
}
