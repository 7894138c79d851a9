import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isObject } from "@groundwork/tooling/objects";

/** The image of a repository that an environment uses. */
export interface LockedImage {
  readonly tag: string;
  readonly digest: string;
  /** Address of the source. */
  readonly source: string;
  /** Commit that the image was built from. */
  readonly revision: string;
  /** When it was built, in ISO 8601. */
  readonly date: string;
  /** Environment and repository that it was promoted from: `lab:demo-flask-backend`; missing for an image of a build. */
  readonly promotedFrom?: string;
}

/** The images of an environment by their repositories. */
export type ImageLock = Readonly<Record<string, LockedImage>>;

/** File with the images of an environment: `images/lab.lock.json` in the project. It is committed like a lock file of packages. */
export function lockFile(project: string, environment: string): string {
  return join(project, "images", `${environment}.lock.json`);
}

/** Reads a lock file; empty when it does not exist. */
export function readLock(file: string): ImageLock {
  if (!existsSync(file)) return {};
  const value: unknown = parse(file);
  if (!isObject(value) || !Object.values(value).every(isLockedImage))
    throw new Error(`${file} is not a lock file of images; delete it, and run the command again`);
  return value as ImageLock;
}

/** Records images in a lock file. Returns whether the file has changed. */
export function writeLock(file: string, images: ImageLock): boolean {
  const before = readLock(file);
  const entries = Object.entries({ ...before, ...images }).sort(([one], [other]) => (one < other ? -1 : 1));
  const text = `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function isLockedImage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = ["tag", "digest", "source", "revision", "date"];
  return keys.every((key) => typeof value[key] === "string") && /^sha256:[0-9a-f]{64}$/.test(String(value["digest"]));
}
