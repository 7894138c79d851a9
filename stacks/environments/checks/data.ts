/** Values of environment files as they are written: nothing about their form is known when the checks read them. */
export type Data = Readonly<Record<string, unknown>>;

/** Location of a value in an environment file. */
export type Path = readonly string[];

/** A value and its location. */
export interface Located<T = unknown> {
  readonly path: Path;
  readonly value: T;
}

/** The value at a path; undefined where the file has none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (isData(value) || Array.isArray(value) ? own(value, key) : undefined),
    data,
  );
}

/** The text at a path; undefined for other values. */
export function textAt(data: unknown, path: Path): string | undefined {
  const value = valueAt(data, path);
  return typeof value === "string" ? value : undefined;
}

/** The members of the object or array at a path. */
export function membersAt(data: unknown, path: Path): readonly Located[] {
  const value = valueAt(data, path);
  return typeof value === "object" && value !== null
    ? Object.entries(value).map(([key, member]: [string, unknown]) => ({ path: [...path, key], value: member }))
    : [];
}

/** All texts, numbers and booleans of a value. */
export function leavesOf(value: unknown, path: Path = []): readonly Located<string | number | boolean>[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [{ path, value }] : [];
}

/** Paths of the clusters: `eks`, and the members of `clusters`. */
export function clusterPaths(data: Data): readonly Path[] {
  return sectionPaths(data, "eks", "clusters");
}

/** Paths of the sites: `site`, and the members of `sites`. */
export function sitePaths(data: Data): readonly Path[] {
  return sectionPaths(data, "site", "sites");
}

function sectionPaths(data: Data, single: string, several: string): readonly Path[] {
  return [...(isData(data[single]) ? [[single]] : []), ...membersAt(data, [several]).map(({ path }) => path)];
}

/** Whether a value is an object with keys. */
export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(value: Data | readonly unknown[], key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Data)[key] : undefined;
}
