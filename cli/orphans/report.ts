import type { Remedies } from "./remedies";
import { importBlocks } from "./remedies";

/** What was found and what to do, for a person. */
export function report(environment: string, { imports, removals, unknown }: Remedies): string {
  if (imports.length + removals.length + unknown.length === 0)
    return `nothing of ${environment} stands outside of Terraform's states`;
  const parts = [
    ...section(imports.length, "to take back: the configuration wants them, and nothing stands in their place", [
      importBlocks(imports),
      "Write these blocks beside the stacks with: npm run orphans -- ENVIRONMENT --write, then deploy again.".replace(
        "ENVIRONMENT",
        environment,
      ),
    ]),
    ...section(
      removals.length,
      "to delete: Terraform knows another one in their place, or the configuration has no place for them",
      removals.flatMap(({ object, commands }) => [
        `# ${object.kind} ${object.id}, stack ${object.tags["Stack"] ?? "unknown"}`,
        ...commands,
      ]),
    ),
    ...section(
      unknown.length,
      "of a kind this program has no remedy for",
      unknown.map(({ arn }) => arn),
    ),
  ];
  return parts.join("\n");
}

function section(count: number, title: string, lines: readonly string[]): string[] {
  return count === 0 ? [] : [`${count} ${title}`, "", ...lines, ""];
}
