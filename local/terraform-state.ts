import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Deletes Terraform's state of the local cloud's stacks, whose objects no longer exist.
 *
 * Only `local-*`: the directory may contain the state of other environments, which describes real clouds.
 */
export function deleteLocalState(stateDirectory: string): void {
  if (!existsSync(stateDirectory)) return;
  for (const file of readdirSync(stateDirectory)) {
    if (/^\.?local-.*\.tfstate(\..+)?$/.test(file)) rmSync(join(stateDirectory, file), { force: true });
  }
}
