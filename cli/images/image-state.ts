import { COMMIT_TAG_LENGTH } from "@groundwork/constructs/core";

/** What a project builds now. */
export interface Definition {
  readonly repository: string;
  /** Hash of everything that determines the image except for the code behind a branch. */
  readonly hash: string;
  readonly source: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Undefined when the tag is derived from the commit. */
  readonly tag: string | undefined;
}

/** A build of a project. */
export interface Build {
  readonly id: string;
  readonly number: number;
  readonly status: "running" | "succeeded" | "failed";
  /** What it does now, or what it did last. */
  readonly phase: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  /** Hash of the definition that it built. */
  readonly hash: string;
  /** What it reported; empty unless it succeeded. */
  readonly digest: string;
  readonly tag: string;
  readonly commit: string;
  /** Errors of its phases. */
  readonly errors: readonly string[];
  readonly log: { readonly group: string; readonly stream: string } | undefined;
}

/** An image that exists: the one of the last successful build. */
export interface BuiltImage {
  readonly digest: string;
  readonly tag: string;
  readonly commit: string;
  readonly date: Date;
}

/** Whether the image of a project has to be built, and why. */
export type ImageState =
  | { readonly kind: "current"; readonly image: BuiltImage }
  | { readonly kind: "missing" | "outdated"; readonly reason: string }
  | { readonly kind: "building"; readonly build: Build };

/** What {@link stateOf} compares. */
export interface Facts {
  readonly definition: Definition;
  /** The newest first. */
  readonly builds: readonly Build[];
  /** The commit that the revision means now; undefined when it was not looked up. */
  readonly head: string | undefined;
  /** Digest of the image that has the tag; undefined without one. */
  readonly digestOf: (tag: string) => string | undefined;
}

/** Whether the image of a project is the one that a build would give. */
export function stateOf(facts: Facts): ImageState {
  const running = facts.builds.find(({ status }) => status === "running");
  return running === undefined ? finishedStateOf(facts) : { kind: "building", build: running };
}

function finishedStateOf({ definition, builds, head, digestOf }: Facts): ImageState {
  const last = builds.find(({ status }) => status === "succeeded");
  const tag = tagOf(definition, head) ?? last?.tag;
  if (tag === undefined) return { kind: "missing", reason: "the repository has no image yet" };
  const digest = digestOf(tag);
  if (digest === undefined) return { kind: "missing", reason: `the repository has no image :${tag}` };
  if (last === undefined) return { kind: "outdated", reason: "no build of this project has made the image" };
  const reason = reasonToBuild(definition, head, digest, last);
  if (reason !== undefined) return { kind: "outdated", reason };
  return { kind: "current", image: { digest, tag, commit: last.commit, date: last.endedAt ?? last.startedAt } };
}

/** Why an existing image is not the one that a build would give; undefined when it is. */
function reasonToBuild(
  { hash, revision }: Definition,
  head: string | undefined,
  digest: string,
  last: Build,
): string | undefined {
  if (last.hash !== hash) return "its definition has changed since the last build";
  if (head !== undefined && last.commit !== head)
    return `${revision} is now ${head.slice(0, 7)}, the image is ${last.commit.slice(0, 7)}`;
  return last.digest === digest ? undefined : "another image was pushed since the last build";
}

/** The tag of the next build; undefined when it depends on a commit that is not known. */
function tagOf({ tag }: Definition, head: string | undefined): string | undefined {
  return tag ?? head?.slice(0, COMMIT_TAG_LENGTH);
}

/** Whether a revision is a complete commit hash, which always means the same code. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}
