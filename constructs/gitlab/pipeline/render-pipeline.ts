import { Document, isMap, isScalar } from "yaml";
import { defined } from "../../core/defined";
import type { Job } from "./job";

/** Inputs of the rendering. */
export interface RenderedPipeline {
  readonly description: string | undefined;
  readonly stages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly jobs: readonly Job[];
}

/** The text of a `.gitlab-ci.yml`: one job after the other without inheritance. */
export function renderPipeline({ description, stages, variables, jobs }: RenderedPipeline): string {
  const document = new Document(
    {
      stages,
      ...defined({ variables: Object.keys(variables).length === 0 ? undefined : variables }),
      ...Object.fromEntries(jobs.map((job) => [job.name, job.render()])),
    },
    { aliasDuplicateObjects: false },
  );
  if (description !== undefined) document.commentBefore = comment(description);
  if (isMap(document.contents))
    for (const { key } of document.contents.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Lines of a comment. No line of a description may become a keyword. */
function comment(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => ` ${line.replace(/\p{Control}/gu, " ")}`)
    .join("\n");
}
