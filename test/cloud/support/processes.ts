import { descendants, processTable } from "@groundwork/tooling/process/process-tree";

/** Names of all processes below one; empty when it has left nothing running. */
export function below(pid: number): readonly { readonly pid: number; readonly name: string }[] {
  return descendants(processTable(), pid, () => false);
}
