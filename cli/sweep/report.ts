import type { Stray } from "./leftovers";
import type { Ground } from "./sweep";

/** What was found, and the commands that delete it, for a person. */
export function report(environment: string, { stack, clusterName, alive }: Ground, strays: readonly Stray[]): string {
  if (strays.length === 0) return `nothing that programs of ${clusterName} have made stands in its network`;
  return [
    `${strays.length} things that programs of ${clusterName} have made, in an order AWS allows`,
    "",
    ...strays.flatMap(({ kind, name, remove }) => [
      `# ${kind} ${name}`,
      ...remove.map((command) => `aws ${command.join(" ")} --region ${stack.region}`),
    ]),
    "",
    alive.length === 0
      ? `To delete them: npm run sweep -- ${environment} --delete`
      : `They are in use: ${alive.join(", ")} still stand. Destroy those first, and most of this goes by itself.`,
  ].join("\n");
}
