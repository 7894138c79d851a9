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

/** What stands in an object. */
export interface ObjectProps {
  readonly content: string;
  /** Media type. @default - by the ending of the key */
  readonly contentType?: string;
  /** How long browsers and caches may keep it. @default - they decide */
  readonly cacheControl?: string;
  /** Who looks after the object once it exists. @default - Terraform, which writes it again when it changes */
  readonly keptBy?: "Terraform" | "others";
}

/** The media type of a key, by its ending. */
export function contentTypeOf(key: string): string {
  return TYPES[extname(key).toLowerCase()] ?? "application/octet-stream";
}
