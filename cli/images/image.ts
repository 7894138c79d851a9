import { setTimeout as sleep } from "node:timers/promises";
import { formatDuration } from "../first-boot/messages";
import type { ImageApi } from "./image-api";
import type { ImageProject } from "./image-project";
import { type Build, type BuiltImage, type Definition, type ImageState, stateOf } from "./image-state";

/** How images are looked up and built. */
export interface ImageContext {
  readonly api: ImageApi;
  /** The commit that a revision of a source means now; undefined when it is not looked up. */
  readonly head: (source: string, revision: string) => Promise<string | undefined>;
  readonly log: (line: string) => void;
  readonly abort: AbortSignal;
  /** Milliseconds between two looks at a build. */
  readonly intervalMs: number;
}

/** The image of a project: what it is built from, and its state. */
export interface Image {
  readonly project: ImageProject;
  readonly definition: Definition;
  readonly state: ImageState;
  /** The last build; undefined without one. */
  readonly lastBuild: Build | undefined;
}

/** Looks up the image of a project. */
export async function findImage(project: ImageProject, { api, head }: ImageContext): Promise<Image> {
  const definition = await api.definitionOf(project.name);
  if (definition === undefined)
    throw new Error(
      `the build project ${project.name} does not exist; deploy it first: npx cdktf deploy ${project.stack}`,
    );
  const builds = await api.buildsOf(project.name);
  const commit = await head(definition.source, definition.revision);
  const tags = [definition.tag, commit?.slice(0, 12), ...builds.map(({ tag }) => tag)];
  const digests = new Map<string, string | undefined>();
  for (const tag of new Set(tags.filter((one): one is string => one !== undefined && one !== "")))
    digests.set(tag, await api.digestOf(definition.repository, tag));
  const state = stateOf({ definition, builds, head: commit, digestOf: (tag) => digests.get(tag) });
  return { project, definition, state, lastBuild: builds[0] };
}

/** Builds the image of a project unless it is current. A build that runs already is followed, not repeated. */
export async function bringUpToDate(project: ImageProject, context: ImageContext): Promise<Image> {
  const { api, log } = context;
  for (;;) {
    const image = await findImage(project, context);
    const { state, definition } = image;
    if (state.kind === "current") {
      log(imageLine(definition, state.image));
      return image;
    }
    if (state.kind === "building") {
      await follow(state.build.id, definition.repository, context);
      continue;
    }
    log(`${definition.repository} is built: ${state.reason}`);
    await follow(await api.start(project.name), definition.repository, context);
    return await checked(project, context);
  }
}

/** The image after its build. That it is not current then means that the registry or the source changed in the meantime. */
async function checked(project: ImageProject, context: ImageContext): Promise<Image> {
  const image = await findImage(project, context);
  const { state, definition } = image;
  if (state.kind !== "current")
    throw new Error(
      `${definition.repository} changed during its build (${state.kind === "building" ? "another build runs" : state.reason}); run the command again`,
    );
  context.log(imageLine(definition, state.image));
  return image;
}

/** An image with its digest: `demo:latest is sha256:… of ca9e9d4`. */
export function imageLine({ repository }: Definition, { tag, digest, commit }: BuiltImage): string {
  return `${repository}:${tag} is ${digest} of ${commit.slice(0, 7)}`;
}

/** Follows a build to its end, and reports each phase. Throws when it fails. */
async function follow(id: string, repository: string, { api, log, abort, intervalMs }: ImageContext): Promise<void> {
  let phase = "";
  for (;;) {
    const build = await api.build(id);
    const age = formatDuration((build.endedAt ?? new Date()).getTime() - build.startedAt.getTime());
    if (build.status === "running" && build.phase !== phase)
      log(`${repository} build ${build.number}, ${age}: ${build.phase.toLowerCase().replaceAll("_", " ")}`);
    if (build.status === "succeeded") return;
    if (build.status === "failed") throw await failureOf(build, repository, api);
    phase = build.phase;
    await sleep(intervalMs, undefined, { signal: abort });
  }
}

async function failureOf(build: Build, repository: string, api: ImageApi): Promise<Error> {
  const lines = [...build.errors, ...(await api.logOf(build, 20))];
  return new Error([`build ${build.number} of ${repository} failed`, ...lines].join("\n"));
}
