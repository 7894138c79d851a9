import { shellWord } from "@groundwork/constructs/core/quoting";
import { NO_COMMAND } from "../orphans/report";
import { comment } from "../program/comment";
import { type StackSelection, selectionArguments } from "../project/stack-selection";
import type { ClusterLocation } from "./cluster-location";
import { deletionCommands } from "./deletion";
import type { Leftover } from "./leftovers";

/** The leftovers and the commands that delete them, for the operator. */
export function report(
  selection: StackSelection,
  { stack, clusterName, stacksInUse }: ClusterLocation,
  leftovers: readonly Leftover[],
): readonly string[] {
  if (leftovers.length === 0) return [`no leftovers of ${clusterName} in its network`];
  return [
    `${leftovers.length} leftovers of ${clusterName}, in an order that AWS allows`,
    "",
    ...leftovers.flatMap((leftover) => [
      comment(`${leftover.kind} ${leftover.name}`),
      ...commandLines(leftover, stack.region),
    ]),
    "",
    stacksInUse.length === 0
      ? `To delete them: npx groundwork sweep ${selectionArguments(selection)} --delete`
      : `They are in use by ${stacksInUse.join(", ")}. Destroy these stacks first; that deletes most of the leftovers.`,
  ];
}

function commandLines(leftover: Leftover, region: string): readonly string[] {
  const commands = deletionCommands(leftover);
  return commands.length === 0
    ? [NO_COMMAND]
    : commands.map((command) => `aws ${command} --region ${shellWord(region)}`);
}
