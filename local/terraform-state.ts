import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Deletes Terraform's state of the local cloud's stacks, when the objects it speaks of are gone.
 *
 * Only `local-*`: other environments may keep their state in the same directory, and theirs speaks of real clouds.
 */
export function forgetLocalState(stateDirectory: string): void {
  if (!existsSync(stateDirectory)) return;
  for (const file of readdirSync(stateDirectory)) {
    if (/^\.?local-.*\.tfstate(\..+)?$/.test(file)) rmSync(join(stateDirectory, file), { force: true });
  }
}
