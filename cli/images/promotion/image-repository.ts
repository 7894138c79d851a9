import type { Scan } from "./scan";

/** A manifest as the registry stores it. Its digest is the hash of the text. */
export interface Manifest {
  readonly digest: string;
  readonly text: string;
  readonly mediaType: string;
}

/** A repository with the images of one service. */
export interface ImageRepository {
  readonly name: string;
  /** Account, region and name: equal for two environments that use one repository. */
  readonly id: string;
  /** Digest of the image that has a tag; undefined without one. */
  digestOf(tag: string): Promise<string | undefined>;
  /** Whether a tag can never mean another image. */
  isImmutable(tag: string): Promise<boolean>;
  /** A manifest; undefined when the repository does not contain it. */
  manifest(digest: string): Promise<Manifest | undefined>;
  /** Adds a manifest, with a tag on request. Returns the digest that the registry computed. */
  putManifest(manifest: Manifest, tag?: string): Promise<string>;
  /** The layers of a list that the repository does not contain. */
  missingLayers(digests: readonly string[]): Promise<readonly string[]>;
  download(layer: string, abort: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  upload(layer: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** What is known about the vulnerabilities of an image. */
  scan(digest: string): Promise<Scan>;
}
