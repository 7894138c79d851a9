import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory, ROOT } from "./paths";
import { run } from "./process/run";

const REQUIREMENTS = join(ROOT, "tooling/requirements.txt");

/** Written last into an environment: without it the environment was never finished. */
const FINISHED = "groundwork-finished";

/** The Python environment with the emulators and the scanner, one for each list of requirements, outside the tree. */
export function pythonHome(): string {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 16);
  return cacheDirectory(`python-${hash}`);
}

/** The environment's interpreter. Start programs as modules (`-m moto.server`): their scripts name the directory they were made in. */
export function python(): string {
  return join(pythonHome(), "bin/python");
}

/** Makes the environment unless it stands. */
export async function ensurePython(say: (line: string) => void, abort?: AbortSignal): Promise<void> {
  const home = pythonHome();
  if (existsSync(join(home, FINISHED))) return;
  say(`installing the emulators into ${home} (once, about a minute)`);

  // Made under another name and moved when whole: who is interrupted here leaves nothing that looks finished, and two
  // who do this at the same time do not meet. Programs are started as modules (`python -m`), so the move breaks none.
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  try {
    await run({ command: "python3", args: ["-m", "venv", draft], abort });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", REQUIREMENTS];
    await run({ command: join(draft, "bin/python"), args: pip, abort });
    writeFileSync(join(draft, FINISHED), "");
    rmSync(home, { recursive: true, force: true });
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(home, FINISHED))) throw error;
  }
}
