import { type StackSelection, selectionArguments, selectionText } from "../project/stack-selection";
import { importBlocks, type Remedies } from "./remedies";

/** The orphaned resources and their remedies, for the operator. */
export function report(selection: StackSelection, { imports, removals, unknown }: Remedies): string {
  if (imports.length + removals.length + unknown.length === 0)
    return `every resource of ${selectionText(selection)} is in a Terraform state`;
  const parts = [
    ...section(imports.length, "to import: the configuration contains them and no state contains another object", [
      importBlocks(imports),
      `Write these blocks to the stacks' directories with: npx groundwork orphans ${selectionArguments(selection)} --write, then deploy again.`,
    ]),
    ...section(
      removals.length,
      "to delete: a state contains another object for the same resource, or the configuration contains no such resource",
      removals.flatMap(({ object, commands }) => [
        `# ${object.kind} ${object.id}, stack ${object.tags["Stack"] ?? "unknown"}`,
        ...commands,
      ]),
    ),
    ...section(
      unknown.length,
      "of an unsupported kind",
      unknown.map(({ arn }) => arn),
    ),
  ];
  return parts.join("\n");
}

function section(count: number, title: string, lines: readonly string[]): string[] {
  return count === 0 ? [] : [`${count} ${title}`, "", ...lines, ""];
}
