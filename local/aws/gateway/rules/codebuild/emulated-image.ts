import { createHash } from "node:crypto";
import { BUILD_VARIABLES, COMMIT_TAG_LENGTH } from "@groundwork/constructs/core";

/** Configuration or layer of an emulated image. */
export interface EmulatedLayer {
  readonly digest: string;
  readonly content: string;
}

/** An image as an emulated build pushes it: its layers are sentences, not archives. */
export interface EmulatedImage {
  readonly repository: string;
  readonly tag: string;
  readonly commit: string;
  readonly manifest: string;
  readonly digest: string;
  /** Configuration and layers. */
  readonly layers: readonly EmulatedLayer[];
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
  const config = layerOf(`config of ${content}`);
  const layers = ["base", "application"].map((layer) => layerOf(`${layer} of ${content}`));
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, ...referenceTo(config) },
    layers: layers.map((layer) => ({ mediaType: LAYER, ...referenceTo(layer) })),
  });
  return {
    repository: valueOf(BUILD_VARIABLES.repositoryName),
    tag: variables[BUILD_VARIABLES.tag] ?? commit.slice(0, COMMIT_TAG_LENGTH),
    commit,
    manifest,
    digest: digestOf(manifest),
    layers: [config, ...layers],
  };
}

function layerOf(content: string): EmulatedLayer {
  return { digest: digestOf(content), content };
}

function referenceTo({ digest, content }: EmulatedLayer): { readonly size: number; readonly digest: string } {
  return { size: Buffer.byteLength(content), digest };
}

/** The digest of a manifest or a layer. */
export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
