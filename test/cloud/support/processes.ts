import { descendants, processTable } from "@groundwork/tooling/process/process-tree";

/** All descendants of a process. */
export function below(pid: number): readonly { readonly pid: number; readonly name: string }[] {
  return descendants(processTable(), pid, () => false);
}
