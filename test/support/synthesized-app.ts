import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes a synthesized app with the given content of each stack's `cdk.tf.json`; returns its directory. */
export function synthesizedApp(
  stacks: Readonly<Record<string, object>>,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
  output = mkdtempSync(join(tmpdir(), "groundwork-out-")),
): string {
  for (const [id, config] of Object.entries(stacks)) {
    const directory = join(output, "stacks", id);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform: {}, ...config }));
  }
  const entries = Object.keys(stacks).map((id) => [
    id,
    { name: id, workingDirectory: `stacks/${id}`, dependencies: dependencies[id] ?? [] },
  ]);
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  return output;
}
