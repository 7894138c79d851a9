import { shellWord } from "@groundwork/constructs/core/quoting";
import { printable } from "@groundwork/tooling/printable";
import { comment } from "../program/comment";
import { type StackSelection, selectionArguments, selectionText } from "../project/stack-selection";
import { importBlocks, type Remedies } from "./remedies";

/** For an identifier that a service would not assign. */
export const NO_COMMAND = comment(
  "no command, as the identifier is not one of AWS, delete the resource in the console",
);

/** The orphaned resources and their remedies, for the operator. */
export function report(selection: StackSelection, { imports, removals, unknown }: Remedies): readonly string[] {
  if (imports.length + removals.length + unknown.length === 0)
    return [`every resource of ${selectionText(selection)} is in a Terraform state`];
  return [
    ...section(imports.length, "to import: the configuration contains them and no state contains another object", [
      ...importBlocks(imports),
      "",
      `Write these blocks to the stacks' directories with: npx groundwork orphans ${selectionArguments(selection)} --write, then deploy again.`,
    ]),
    ...section(
      removals.length,
      "to delete: a state contains another object for the same resource, or the configuration contains no such resource",
      removals.flatMap(({ object, commands }) => [
        comment(`${object.kind} ${object.id}, stack ${object.tags["Stack"] ?? "unknown"}`),
        ...(commands.length === 0 ? [NO_COMMAND] : commands),
      ]),
    ),
    ...section(
      unknown.length,
      "of an unsupported kind",
      unknown.map(({ arn }) => shellWord(printable(arn))),
    ),
  ];
}

function section(count: number, title: string, lines: readonly string[]): string[] {
  return count === 0 ? [] : [`${count} ${title}`, "", ...lines, ""];
}
