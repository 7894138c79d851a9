import { createHash } from "node:crypto";
import { isObject, objectOf } from "@groundwork/tooling/objects";
import type { ImageRepository, Manifest } from "./image-repository";

/** What a manifest refers to. */
interface References {
  /** Manifests of an index: one of each platform, and their attestations. */
  readonly manifests: readonly { readonly digest: string; readonly platform: string | undefined }[];
  /** Configuration and layers of an image. */
  readonly layers: readonly string[];
  /** Digest of the configuration; undefined for an index. */
  readonly config: string | undefined;
}

/** An image with everything that belongs to it. */
export interface ImageContent {
  readonly manifest: Manifest;
  /** Manifests of an index; empty for an image of one platform. */
  readonly children: readonly Manifest[];
  /** Configurations and layers of all manifests, each once. */
  readonly layers: readonly string[];
  /** Digests of the manifests that containers run. */
  readonly images: readonly string[];
  /** Platforms such as `linux/arm64`; empty when they are not known. */
  readonly platforms: readonly string[];
}

/** Reads an image or an index of images, and checks that each manifest has the digest by which it was requested. */
export async function contentOf(
  repository: ImageRepository,
  digest: string,
  abort: AbortSignal,
): Promise<ImageContent | undefined> {
  const manifest = await verified(repository, digest);
  if (manifest === undefined) return undefined;
  const { manifests } = referencesOf(manifest);
  const children: Manifest[] = [];
  for (const { digest: child } of manifests) {
    const found = await verified(repository, child);
    if (found === undefined) throw new Error(`${repository.name}@${digest} refers to ${child}, which does not exist`);
    children.push(found);
  }
  const layers = [manifest, ...children].flatMap((one) => referencesOf(one).layers);
  const run = manifests.filter(({ platform }) => platform !== "unknown/unknown");
  return {
    manifest,
    children,
    layers: [...new Set(layers)],
    images: manifests.length === 0 ? [digest] : run.map((one) => one.digest),
    platforms:
      manifests.length === 0
        ? await platformOf(repository, manifest, abort)
        : run.flatMap(({ platform }) => (platform === undefined ? [] : [platform])),
  };
}

async function verified(repository: ImageRepository, digest: string): Promise<Manifest | undefined> {
  const manifest = await repository.manifest(digest);
  if (manifest === undefined) return undefined;
  const computed = `sha256:${createHash("sha256").update(manifest.text).digest("hex")}`;
  if (computed !== digest) throw new Error(`the manifest of ${repository.name}@${digest} has the digest ${computed}`);
  return manifest;
}

function referencesOf({ digest, text }: Manifest): References {
  const content: unknown = JSON.parse(text);
  if (!isObject(content)) throw new Error(`the manifest ${digest} is not a JSON object`);
  const { manifests, layers, config } = content;
  const configDigest = textOf(objectOf(config)["digest"]);
  return {
    manifests: objectsOf(manifests).map(({ digest: child, platform }) => ({
      digest: textOf(child) ?? "",
      platform: platformText(objectOf(platform)),
    })),
    layers: [
      ...(configDigest === undefined ? [] : [configDigest]),
      // Layers with addresses are stored outside of the registry.
      ...objectsOf(layers)
        .filter(({ urls }) => urls === undefined)
        .map((layer) => textOf(layer["digest"]) ?? ""),
    ],
    config: configDigest,
  };
}

/** The platform in the configuration of an image; empty when the configuration contains none. */
async function platformOf(
  repository: ImageRepository,
  manifest: Manifest,
  abort: AbortSignal,
): Promise<readonly string[]> {
  const { config } = referencesOf(manifest);
  if (config === undefined) return [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of await repository.download(config, abort)) chunks.push(chunk);
  try {
    const platform = platformText(objectOf(JSON.parse(Buffer.concat(chunks).toString())));
    return platform === undefined ? [] : [platform];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function platformText({ os, architecture }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof os === "string" && typeof architecture === "string" ? `${os}/${architecture}` : undefined;
}

function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
