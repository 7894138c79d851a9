import { basename } from "node:path";
import { waitUntil } from "../polling";
import { identifyProcess, isRunning, type ProcessIdentity, sendSignal } from "../process/background";
import { descendants, processTable } from "../process/process-tree";

/**
 * Ends a program that runs Terraform without losing Terraform's state.
 *
 * Terraform must receive exactly one SIGINT: it then finishes the calls in flight and writes its state; on a second SIGINT
 * it aborts. The program above it (`cdktf`) receives no signal, because Terraform runs in a terminal of cdktf and ends with
 * it; it ends by itself after its Terraform. Until then it may start another Terraform (the next stack, or `output`), so
 * new descendants are polled.
 */
export async function shutDownGracefully(program: ProcessIdentity): Promise<void> {
  const interrupted = new Set<string>();
  let idleSince: number | undefined;
  const poll = (): boolean => {
    if (!isRunning(program)) return true;
    const below = descendants(processTable(), program.pid, isTerraform);
    for (const { pid } of below) interruptOnce(pid, interrupted);
    idleSince = below.length > 0 ? undefined : (idleSince ?? Date.now());
    // No descendants for some seconds: the program does not wait for Terraform and can be ended.
    if (idleSince !== undefined && Date.now() - idleSince > IDLE_MS) sendSignal(program, "SIGTERM");
    return false;
  };
  await waitUntil(poll, Number.POSITIVE_INFINITY, 100);
}

/** Longer than cdktf takes between two runs of Terraform. */
const IDLE_MS = 5_000;

/** Longest name of a process on Linux. */
const NAME_LENGTH = 15;

/** Whether a process is Terraform or OpenTofu, which ends its providers itself. */
export function isTerraform(name: string): boolean {
  const program = basename(process.env["TERRAFORM_BINARY_NAME"] ?? "terraform");
  return [program, program.slice(0, NAME_LENGTH), "terraform", "tofu"].includes(name);
}

function interruptOnce(pid: number, interrupted: Set<string>): void {
  const identity = identifyProcess(pid);
  if (identity === undefined) return;
  const key = `${identity.pid} ${identity.startedAt}`;
  if (interrupted.has(key)) return;
  interrupted.add(key);
  sendSignal(identity, "SIGINT");
}
