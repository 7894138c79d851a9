import { join } from "node:path";
import { defined } from "@groundwork/constructs/core";
import { findEnvironment } from "../deployed-environment";
import { RegionSessions } from "../aws/region-sessions";
import { abortable, interruptible } from "../program/interruptible";
import { type Io, jsonLines, logOf } from "../program/io";
import { quotedLines } from "../first-boot/messages";
import { type OutputOptions, projectStacks } from "../project/synthesized-project";
import { bringUpToDate, findImage, type Image, type ImageContext, imageLine } from "./image";
import { AwsImageApi } from "./image-api";
import { type ImageLock, lockFile, writeLock } from "./image-lock";
import { type ImageProject, imageProjects } from "./image-project";
import { sourceHead } from "./source-head";

/** Milliseconds between two looks at a build, on AWS and in a local cloud. */
const INTERVAL_MS = { aws: 5_000, local: 200 } as const;

/** Options of `groundwork images`. */
export interface ImageOptions extends OutputOptions {
  /** Part of the names of the repositories. @default - all repositories */
  readonly service?: string;
  readonly json?: boolean;
}

/** Arguments of `groundwork images build`, `status` and `logs`. */
export interface ImageCommand {
  readonly verb: "build" | "status" | "logs";
  readonly environment: string;
  /** Directory of the project, which contains the lock file. */
  readonly project: string;
  /** Directory of the synthesized stacks. */
  readonly output: string;
  /** Part of the names of the repositories. @default - all repositories */
  readonly service?: string | undefined;
  /** Whether the result is printed as JSON. @default false */
  readonly json?: boolean;
  /** Address of a local cloud. @default - the project's local cloud for stacks that connect to it, AWS for others */
  readonly endpoint?: string;
}

/** Runs `groundwork images build`, `status` or `logs`. Returns the exit code. */
export function imagesAction(
  verb: ImageCommand["verb"],
  environment: string,
  options: ImageOptions,
  io: Io,
): Promise<number> {
  const { json = false, service } = options;
  return interruptible(io, "interrupted; builds that have started continue in the account", async (abort) => {
    const log = logOf(io, options);
    const { project } = await projectStacks(options, log, abort);
    const command = { verb, environment, service, json, project: project.directory, output: project.output };
    return imagesCommand(command, { out: io.out, log }, abort);
  });
}

/** Where a command prints its result and its progress. */
export interface Output {
  readonly out: (lines: string | readonly string[]) => void;
  readonly log: (lines: string | readonly string[]) => void;
}

/** Builds images or reports their state. Returns the exit code: 0 when all images are current, 1 otherwise. */
export async function imagesCommand(command: ImageCommand, output: Output, abort: AbortSignal): Promise<number> {
  const { environment, output: directory, endpoint: given } = command;
  const { stacks, endpoint } = await findEnvironment({
    environment,
    output: directory,
    ...defined({ endpoint: given }),
  });
  const projects = imageProjects(stacks);
  if (projects.length === 0)
    throw new Error(`no stack of ${environment} builds images; add build to a repository of the environment`);
  const sessions = new RegionSessions(endpoint);
  const contextOf = ({ region }: ImageProject): ImageContext => ({
    api: new AwsImageApi(sessions.of(region)),
    // The builds of a local cloud read no source.
    head: async (url, revision) => (endpoint === undefined ? sourceHead(url, revision, abort) : undefined),
    log: output.log,
    abort,
    intervalMs: endpoint === undefined ? INTERVAL_MS.aws : INTERVAL_MS.local,
  });
  try {
    return await abortable(abort, run(command, projects, contextOf, output));
  } finally {
    sessions.destroy();
  }
}

async function run(
  command: ImageCommand,
  projects: readonly ImageProject[],
  contextOf: (project: ImageProject) => ImageContext,
  { out, log }: Output,
): Promise<number> {
  const found = await Promise.all(projects.map((project) => findImage(project, contextOf(project))));
  const selected = selectImages(found, command.service);
  if (command.verb === "build") return build(command, selected, contextOf, { out, log });
  if (command.verb === "logs") {
    for (const { project, definition, lastBuild } of selected) {
      out(`${definition.repository}${lastBuild === undefined ? " has not been built" : ` build ${lastBuild.number}`}`);
      if (lastBuild !== undefined) out(quotedLines(await contextOf(project).api.logOf(lastBuild, 200)));
    }
    return 0;
  }
  if (command.json === true) out(jsonLines(selected.map(described)));
  else for (const image of selected) out(statusLine(image));
  return selected.every(({ state }) => state.kind === "current") ? 0 : 1;
}

async function build(
  { environment, project, json = false }: ImageCommand,
  selected: readonly Image[],
  contextOf: (project: ImageProject) => ImageContext,
  { out, log }: Output,
): Promise<number> {
  const results = await Promise.allSettled(
    selected.map((image) => bringUpToDate(image.project, contextOf(image.project))),
  );
  const built = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const file = lockFile(project, environment);
  if (writeLock(file, lockOf(built))) log(`wrote ${join("images", `${environment}.lock.json`)}`);
  if (json) out(jsonLines(built.map(described)));
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new Error(errors.map(messageOf).join("\n"));
  return 0;
}

/** The images whose repositories have a text in their names. */
export function selectImages(images: readonly Image[], service: string | undefined): readonly Image[] {
  if (service === undefined) return images;
  const selected = images.filter(({ definition }) => definition.repository.includes(service.toLowerCase()));
  if (selected.length > 0) return selected;
  const known = images.map(({ definition }) => definition.repository).join(", ");
  throw new Error(`no repository with "${service}" in its name; repositories: ${known}`);
}

function lockOf(images: readonly Image[]): ImageLock {
  return Object.fromEntries(
    images.flatMap(({ definition: { repository, source }, state }) =>
      state.kind !== "current"
        ? []
        : [
            [
              repository,
              {
                tag: state.image.tag,
                digest: state.image.digest,
                source,
                revision: state.image.commit,
                date: state.image.date.toISOString(),
              },
            ] as const,
          ],
    ),
  );
}

function statusLine({ definition, state }: Image): string {
  if (state.kind === "current") return imageLine(definition, state.image);
  if (state.kind === "building")
    return `${definition.repository} is being built: build ${state.build.number}, ${state.build.phase.toLowerCase()}`;
  return `${definition.repository} is ${state.kind}: ${state.reason}`;
}

function described({ project, definition, state, lastBuild }: Image): object {
  return {
    repository: definition.repository,
    project: project.name,
    source: definition.source,
    revision: definition.revision,
    state: state.kind,
    ...(state.kind === "current"
      ? { tag: state.image.tag, digest: state.image.digest, commit: state.image.commit }
      : {}),
    ...(state.kind === "missing" || state.kind === "outdated" ? { reason: state.reason } : {}),
    lastBuild: lastBuild && { number: lastBuild.number, status: lastBuild.status, startedAt: lastBuild.startedAt },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
