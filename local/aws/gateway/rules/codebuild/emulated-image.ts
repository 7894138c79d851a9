import { createHash } from "node:crypto";
import { BUILD_VARIABLES, COMMIT_TAG_LENGTH } from "@groundwork/constructs/core";

/** An image as an emulated build pushes it: a manifest whose layers do not exist. */
export interface EmulatedImage {
  readonly repository: string;
  readonly tag: string;
  readonly commit: string;
  readonly manifest: string;
  readonly digest: string;
}

const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG = "application/vnd.docker.container.image.v1+json";
const LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

/**
 * The image that a build with these variables pushes. The source is not read: the same definition and revision always give the same
 * image, and another one gives another image.
 */
export function emulatedImage(variables: Readonly<Record<string, string>>): EmulatedImage {
  const valueOf = (name: string) => variables[name] ?? "";
  const revision = valueOf(BUILD_VARIABLES.sourceRevision);
  const source = `${valueOf(BUILD_VARIABLES.sourceUrl)} ${revision}`;
  const commit = /^[0-9a-f]{40}$/.test(revision) ? revision : createHash("sha1").update(source).digest("hex");
  const content = `${source} ${valueOf(BUILD_VARIABLES.definition)}`;
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, size: 7_023, digest: digestOf(`config of ${content}`) },
    layers: ["base", "application"].map((layer) => ({
      mediaType: LAYER,
      size: 3_408_729,
      digest: digestOf(`${layer} of ${content}`),
    })),
  });
  return {
    repository: valueOf(BUILD_VARIABLES.repositoryName),
    tag: variables[BUILD_VARIABLES.tag] ?? commit.slice(0, COMMIT_TAG_LENGTH),
    commit,
    manifest,
    digest: digestOf(manifest),
  };
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
