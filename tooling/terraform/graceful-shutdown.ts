import { basename } from "node:path";
import { descendants, processTable } from "../process/process-tree";
import { isRunning, know, signal, until } from "../process/background";
import type { KnownProcess } from "../process/background";

/**
 * Ends a program that runs Terraform, without costing Terraform its state.
 *
 * Terraform must get exactly one SIGINT: it then finishes the calls in flight and writes its state; at a second one it
 * drops everything. The program above it (`cdktf`) is left alone, for Terraform runs in a terminal that cdktf holds, and
 * dies with it. It ends by itself when the Terraform it waits for has. Until then it may start another one (the next
 * stack, or `output`), hence the loop.
 */
export async function endGently(program: KnownProcess): Promise<void> {
  const asked = new Set<string>();
  let idleSince: number | undefined;
  await until(
    () => {
      if (!isRunning(program)) return true;
      const below = descendants(processTable(), program.pid, isTerraform);
      for (const { pid } of below) askOnce(pid, asked);
      idleSince = below.length > 0 ? undefined : (idleSince ?? Date.now());
      // Nothing below it for long: it waits for something that is not Terraform and may go.
      if (idleSince !== undefined && Date.now() - idleSince > IDLE_MS) signal(program, "SIGTERM");
      return false;
    },
    Number.POSITIVE_INFINITY,
    100,
  );
}

/** Longer than cdktf takes between one Terraform and the next. */
const IDLE_MS = 5_000;

/** Whether a process is Terraform: it looks after its providers by itself. */
export function isTerraform(name: string): boolean {
  const program = basename(process.env["TERRAFORM_BINARY_NAME"] ?? "terraform");
  return name === program || name === "terraform" || name === "tofu";
}

function askOnce(pid: number, asked: Set<string>): void {
  const known = know(pid);
  if (known === undefined) return;
  const key = `${known.pid} ${known.startedAt}`;
  if (asked.has(key)) return;
  asked.add(key);
  signal(known, "SIGINT");
}
