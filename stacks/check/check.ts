import { type Data, isData, type Path, valueAt } from "../environments/checks/data";
import type { Mistake } from "../environments/checks/finding";
import { imageFindings, type LockedRepositories } from "../environments/checks/images";
import { mistakesOf } from "../environments/checks/mistakes";
import { placeholderMistakes } from "../environments/checks/placeholders";
import { type NamedData, sharedFindings } from "../environments/checks/shared";
import { environmentViolations } from "../environments/environment";
import { withNearest } from "../environments/suggestions";
import { ENV001 } from "../rules";
import { type LocatedViolation, partsOf, violationsOf } from "./construction";
import { locateInside } from "./locate";
import { type Repair, repaired } from "./repair";

/** A row of the table of `groundwork check`. */
export interface CheckedValue {
  /** Name of the environment's file. */
  readonly environment: string;
  /** Key of the value: `eks.nodes.instanceTypes.0`. */
  readonly key: string;
  /** Id of the rule. */
  readonly rule: string;
  readonly given: string;
  /** The right value, or how to find it. */
  readonly fix: string;
  /** Whether the stacks are synthesized nevertheless: placeholders, missing images, and blocks that two environments share. */
  readonly isNotice: boolean;
}

/** Most repairs of one part; more mistakes than keys are impossible, so it only bounds a defect of this check. */
const MOST_REPAIRS = 60;

/**
 * All mistakes of the environments at once: of the structure, of single values, of values that do not fit together, of the constructs
 * that are made from them, and of names that two environments share.
 *
 * A construct ends at its first mistakes. The check then continues with a copy in which these values are valid.
 *
 * @param environments - the data by the names of the files
 * @param locked - the repositories in the lock files of images; without it images are not checked
 */
export function checkEnvironments(
  environments: Readonly<Record<string, unknown>>,
  locked?: LockedRepositories,
): readonly CheckedValue[] {
  const all = Object.entries(environments).map(([environment, data]) => ({ environment, data }));
  const readable = all.filter((one): one is NamedData => isData(one.data));
  const images = locked === undefined ? [] : imageFindings(readable, locked);
  const shared = [...sharedFindings(readable), ...images].map(({ environment, isNotice, ...mistake }) =>
    row(environment, mistake, isNotice),
  );
  return all.flatMap(({ environment, data }) => {
    const own = isData(data) ? rowsOf(environment, data) : structureOf(environment, data);
    return unique([...own, ...shared.filter((one) => one.environment === environment)]);
  });
}

function rowsOf(environment: string, data: Data): readonly CheckedValue[] {
  const structure = structureOf(environment, data);
  const valid = structure.reduce(
    (copy, { key, rule, fix }) => repaired(copy, repairOf(key.split("."), rule, fix), 0),
    data,
  );
  const remaining = mistakesOf(valid);
  // Without those that follow from a mistake in the structure, such as a misspelled region: correcting it removes them.
  const isOwn = ({ path }: Mistake) =>
    remaining.some((other) => isSameKey(path, other.path)) || valueAt(valid, path) !== valueAt(data, path);
  const checked = mistakesOf(data).filter(isOwn);
  const constructible = checked.reduce(
    (copy, mistake) => repaired(copy, { path: mistake.path, fix: mistake.violation.fix }, 0),
    valid,
  );
  const parts = partsOf(withRequired(constructible)).flatMap((part) => behind(part));
  return [
    ...withoutMisspelled(structure, data),
    ...checked.map((mistake) => row(environment, mistake, false)),
    ...parts.map((violation) => ({ ...rowOf(environment, violation), isNotice: false })),
    ...placeholderMistakes(data).map((mistake) => row(environment, mistake, true)),
  ];
}

function keysOf(at: string): Path {
  const text = at.replace(/^: (the whole file)?/, "");
  return text === "" ? [] : text.split(".");
}

function isSameKey(one: Path, other: Path): boolean {
  return one.join(".") === other.join(".");
}

function structureOf(environment: string, data: unknown): readonly CheckedValue[] {
  return environmentViolations("", data).map(({ rule, at = "", given, fix }) => ({
    environment,
    key: locateInside({ given, fix }, data, keysOf(at)).join("."),
    rule: rule.id,
    given,
    fix,
    isNotice: false,
  }));
}

/** The rows without keys that are missing because they are misspelled. */
function withoutMisspelled(rows: readonly CheckedValue[], data: Data): readonly CheckedValue[] {
  const isMissing = (key: string) => valueAt(data, key.split(".")) === undefined;
  return rows.filter(({ key }) => !isMissing(key) || !rows.some((other) => isMisspelling(other, key)));
}

/** The repair of a mistake. The suggestion for an unknown key is not a value. */
function repairOf(path: Path, rule: string, fix: string): Repair {
  return { path, fix: rule === ENV001.id ? "" : fix };
}

/** Whether a row rejects a misspelling of a key, which is then missing: one mistake, not two. */
function isMisspelling({ key, fix }: CheckedValue, missing: string): boolean {
  const [, correction] = /^did you mean "(.*)"\?$/.exec(fix) ?? [];
  return (
    correction !== undefined && key !== missing && [...key.split(".").slice(0, -1), correction].join(".") === missing
  );
}

/** Parts can be constructed only with a name and a backend. */
function withRequired(data: Data): Data {
  return { name: "sample", backend: { type: "local" }, ...data };
}

/** The violations of a part, and those behind them: each round repairs the values of the round before. */
function behind(part: ReturnType<typeof partsOf>[number]): readonly LocatedViolation[] {
  const found: LocatedViolation[] = [];
  const attempts = new Map<string, number>();
  let { data } = part;
  for (let repair = 0; repair < MOST_REPAIRS; repair++) {
    const violations = violationsOf({ ...part, data });
    if (violations.length === 0) break;
    for (const violation of violations) {
      const key = violation.path.join(".");
      const attempt = attempts.get(key) ?? 0;
      attempts.set(key, attempt + 1);
      if (!found.some(({ path }) => isRelated(path, violation.path))) found.push(violation);
      data = repaired(data, repairOf(violation.path, violation.id, violation.fix), attempt);
    }
  }
  return found;
}

/** Whether one of two keys contains the other: after a repair, it may be broken by the repair. */
function isRelated(one: Path, other: Path): boolean {
  return one.every((key, index) => index >= other.length || other[index] === key);
}

function row(environment: string, { path, violation }: Mistake, isNotice: boolean): CheckedValue {
  const { rule, given, fix } = violation;
  return { environment, key: path.join("."), rule: rule.id, given, fix, isNotice };
}

function rowOf(environment: string, { path, id, given, fix }: LocatedViolation): Omit<CheckedValue, "isNotice"> {
  return { environment, key: path.join("."), rule: id, given, fix: withNearest({ given, fix }) };
}

/** One row per key: the decoder and a construct may reject the same value. Notices only where the value is not rejected. */
function unique(rows: readonly CheckedValue[]): readonly CheckedValue[] {
  const sorted = [...rows].sort((one, other) => Number(one.isNotice) - Number(other.isNotice));
  return sorted.filter(({ key }, index) => sorted.findIndex((other) => other.key === key) === index);
}
