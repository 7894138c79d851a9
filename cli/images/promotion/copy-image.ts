import { createHash } from "node:crypto";
import type { ImageContent } from "./image-content";
import type { ImageRepository } from "./image-repository";

/** Input of {@link copyImage}. */
export interface CopyProps {
  readonly from: ImageRepository;
  readonly to: ImageRepository;
  readonly content: ImageContent;
  readonly tag: string;
  readonly log: (line: string) => void;
  readonly abort: AbortSignal;
}

/**
 * Copies an image without a change: layers, then the manifests of its platforms, then its own manifest with the tag, which is written
 * last, so an interrupted copy is not visible. Within one repository only the tag is written.
 */
export async function copyImage({ from, to, content, tag, log, abort }: CopyProps): Promise<void> {
  const { manifest, children, layers } = content;
  if (from.id !== to.id) {
    const missing = await to.missingLayers(layers);
    if (missing.length > 0) log(`${to.name}: copies ${missing.length} of ${layers.length} layers from ${from.name}`);
    for (const layer of missing) {
      abort.throwIfAborted();
      await to.upload(layer, verifiedLayer(layer, await from.download(layer, abort)));
    }
    for (const child of children) {
      abort.throwIfAborted();
      if ((await to.manifest(child.digest)) === undefined) requireEqual(to, child.digest, await to.putManifest(child));
    }
  }
  abort.throwIfAborted();
  requireEqual(to, manifest.digest, await to.putManifest(manifest, tag));
  requireEqual(to, manifest.digest, await to.digestOf(tag));
}

/** The content of a layer. Its end is an error if the content has another digest, so that the upload is never completed. */
async function* verifiedLayer(layer: string, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
  const computed = `sha256:${hash.digest("hex")}`;
  if (computed !== layer) throw new Error(`the layer ${layer} arrived as ${computed}; run the command again`);
}

function requireEqual({ name }: ImageRepository, expected: string, actual: string | undefined): void {
  if (actual !== expected)
    throw new Error(`${name} has ${actual ?? "no image"} after the copy instead of ${expected}; run the command again`);
}
