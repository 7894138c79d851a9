import { extname } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".yaml": "application/yaml",
};

/** Content and properties of a text object. */
export interface ObjectProps {
  /** Text of the object. */
  readonly content: string;
  /** Media type. @default - determined by the extension of the key */
  readonly contentType?: string;
  /** Value of the `Cache-Control` header. @default - none: browsers and caches use heuristics */
  readonly cacheControl?: string;
  /** Owner of the object after its creation. Terraform ignores later changes of an object that others manage. @default - Terraform */
  readonly managedBy?: "Terraform" | "others";
}

/** The media type of a key, by its extension. */
export function contentTypeOf(key: string): string {
  return TYPES[extname(key).toLowerCase()] ?? "application/octet-stream";
}
