import { type Data, isData, type Path, valueAt } from "../environments/checks/data";
import { recommended } from "../environments/recommended";

/** A mistake to repair. */
export interface Repair {
  readonly path: Path;
  readonly fix: string;
}

/** Parts whose values depend on each other: one is replaced together with the others. */
const UNITS = /^(network|platform|nodes)$/;

/**
 * A copy of an environment in which the value at a path is valid, so that the check finds the mistakes behind it: the recommended value,
 * or none where there is none. A value with an obvious correction gets it, so that the values that fit it remain valid.
 *
 * @param attempt - the number of times that the same path was repaired before; each time a larger part is replaced
 */
export function repaired(data: Data, { path, fix }: Repair, attempt: number): Data {
  const [, correction] = /^did you mean "(.*)"\?$/.exec(fix) ?? [];
  if (correction !== undefined && attempt === 0 && typeof valueAt(data, path) === "string")
    return replaced(data, path, correction) as Data;
  if (path[0] === "backend") return replaced(data, ["backend"], recommended.backend) as Data;
  const unit = path.findIndex((key, index) => index > 0 && UNITS.test(key));
  const end = (unit < 0 || (attempt === 0 && !isInside(path, unit)) ? path.length : unit + 1) - attempt;
  const part = path.slice(0, Math.max(1, end));
  return replaced(data, part, recommendedAt(part)) as Data;
}

function isInside(path: Path, unit: number): boolean {
  return path.length > unit + 1;
}

/** The recommended value of a key; that of the first cluster, site, service or repository for the others. */
function recommendedAt(path: Path): unknown {
  if (path.length === 1 && (path[0] === "clusters" || path[0] === "sites")) return undefined;
  const keys =
    path[0] === "clusters" ? ["eks", ...path.slice(2)] : path[0] === "sites" ? ["site", ...path.slice(2)] : path;
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[0];
    if (!isData(value)) return undefined;
    return key in value ? value[key] : /^[A-Z]/.test(key) ? Object.values(value)[0] : undefined;
  }, recommended);
}

function replaced(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data)) {
    const members = data as readonly unknown[];
    const without = members.filter((_, index) => String(index) !== key);
    const member = replaced(members[Number(key)], rest, value);
    return member === undefined ? without : members.map((one, index) => (String(index) === key ? member : one));
  }
  const object = isData(data) ? data : {};
  const member = replaced(valueAt(object, [key]), rest, value);
  const { [key]: _, ...others } = object;
  return member === undefined ? others : { ...object, [key]: member };
}
