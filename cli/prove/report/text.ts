import type { Colours } from "../../program/colours";
import type { StackResult } from "../result";

/** Lines with the result of each stack and the problems of its failed steps. */
export function textReport(
  results: readonly StackResult[],
  colours: Pick<Colours, "red" | "green">,
): readonly string[] {
  const lines = results.flatMap((result) => [headline(result, colours), ...problems(result)]);
  const proven = results.filter(({ isProven }) => isProven).length;
  const verb = results.length === 1 ? "stack is" : "stacks are";
  return [...lines, "", `${proven} of ${results.length} ${verb} proven`];
}

function headline({ stack, isProven, resources, steps }: StackResult, colours: Pick<Colours, "red" | "green">): string {
  const verdict = isProven ? colours.green("proven") : colours.red("not proven");
  const times = steps
    .filter(({ seconds }) => seconds >= 1)
    .map(({ name, seconds }) => `${name} ${Math.round(seconds)} s`);
  const count = `${resources} ${resources === 1 ? "resource" : "resources"}`;
  return `${stack}: ${verdict}, ${count}${times.length === 0 ? "" : ` (${times.join(", ")})`}`;
}

/** A problem is one line and, indented below it, its details. Steps that are not run after a failed one are not repeated. */
function problems({ steps }: StackResult): readonly string[] {
  return steps
    .filter(({ status }) => status !== "passed")
    .flatMap(({ name, status, problems: texts }) =>
      texts
        .filter((text) => !DERIVED.test(text))
        .flatMap((text) => {
          const [first = "", ...details] = text.split("\n").filter((line) => line.trim() !== "");
          return [`  ${name} ${status}: ${first}`, ...details.map((line) => `    ${line.trim()}`)];
        }),
    );
}

const DERIVED = /^(?:not run|the step ".*" failed)$/;
