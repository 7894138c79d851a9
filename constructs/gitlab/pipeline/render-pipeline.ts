import { Document, isMap, isScalar } from "yaml";
import type { Job } from "./job";

/** What a file is rendered from. */
export interface RenderedPipeline {
  readonly description: string | undefined;
  readonly stages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly jobs: readonly Job[];
}

/** The text of a pipeline's file: flat, one job after the other, nothing inherited, so that it is read from top to bottom. */
export function renderPipeline({ description, stages, variables, jobs }: RenderedPipeline): string {
  const document = new Document(
    {
      stages,
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
      ...Object.fromEntries(jobs.map((job) => [job.name, job.render()])),
    },
    { aliasDuplicateObjects: false },
  );
  if (description !== undefined) document.commentBefore = description.replace(/^/gm, " ");
  if (isMap(document.contents))
    for (const { key } of document.contents.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
