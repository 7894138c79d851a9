import { leavesOf, type Located, type Path } from "../environments/checks/data";

/** What a violation of a construct contains. */
export interface Reported {
  /** Path of the construct: `production-eks/Cluster/Nodes`. */
  readonly at: string;
  readonly given: string;
  readonly fix: string;
}

/** Parts of construct ids that are not the keys of their values. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Site: ["bucketName", "hosting"],
  Web: ["group"],
  Platform: ["platform"],
  Quota: ["quota"],
  LoadBalancerController: ["loadBalancerController"],
  ContainerInsights: ["containerInsights"],
  CertManager: ["certManager"],
};

const VALUE = 100;
const CONSTRUCT = 30;
const WORD = 8;
const KEY = 40;

/**
 * The key of the value that a construct has rejected.
 *
 * A construct knows its path, not the file. The key is the one whose value the message contains, whose name is a part of the
 * construct's path, or whose words the message contains; without any, it is the section.
 *
 * @param sections - the parts of the data from which the construct's stack is created
 */
export function locate(reported: Reported, data: unknown, sections: readonly Path[]): Path {
  const ids = idsOf(reported.at);
  const candidates = leavesOf(data).filter(({ path }) => sections.some((section) => startsWith(path, section)));
  const [best] = candidates
    .map((leaf) => ({ leaf, score: scoreOf(leaf, reported, ids) }))
    .sort((one, other) => other.score - one.score);
  const [section = []] = sections;
  return best === undefined || best.score < VALUE ? (deepest(candidates, ids) ?? section) : best.leaf.path;
}

/** The key of a value inside a part that was rejected as a whole; the part itself where no value is named. */
export function locateInside(finding: Omit<Reported, "at">, data: unknown, part: Path): Path {
  return locate({ ...finding, at: "" }, data, [part]);
}

function startsWith(path: Path, beginning: Path): boolean {
  return beginning.every((key, index) => path[index] === key);
}

/** The ids below the stack, and the keys that they name, in lower case. */
function idsOf(at: string): readonly string[] {
  const ids = at.split("/").slice(1);
  const nouns = ids.map((id) => id.replace(/(Autoscaler|Images)$/, ""));
  return [...ids, ...nouns].flatMap((id) => [id, ...(KEYS[id] ?? [])]).map((id) => id.toLowerCase());
}

function scoreOf({ path, value }: Located, { given, fix }: Reported, ids: readonly string[]): number {
  const text = String(value);
  const isGiven = contains(given, text);
  const ofConstruct = path.filter((key) => ids.includes(key.toLowerCase())).length * CONSTRUCT;
  const words =
    wordsOf(path.at(-1) ?? "").filter((word) => `${given} ${fix}`.toLowerCase().includes(word)).length * WORD;
  const ofKey = contains(given, path.at(-1) ?? "") && /[A-Z]/.test(path.at(-1) ?? "") ? VALUE + KEY : 0;
  return (isGiven ? VALUE + Math.min(text.length, 30) : 0) + ofKey + ofConstruct + words;
}

/** Whether a message contains a value and not only its characters. */
function contains(message: string, value: string): boolean {
  if (value === "") return message.includes('""');
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(^|[^\\w.-])${escaped}($|[^\\w-])`).test(message);
}

/** `logRetentionDays` is `log`, `retention`, `days`; plurals without their s. */
function wordsOf(key: string): readonly string[] {
  return key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ")
    .map((word) => word.replace(/s$/, ""))
    .filter((word) => word.length > 2);
}

/** The longest beginning of a path that ends in a key of the construct's path. */
function deepest(candidates: readonly Located[], ids: readonly string[]): Path | undefined {
  const beginnings = candidates.flatMap(({ path }) =>
    path.flatMap((key, index) => (ids.includes(key.toLowerCase()) ? [path.slice(0, index + 1)] : [])),
  );
  return beginnings.sort((one, other) => matches(other, ids) - matches(one, ids))[0];
}

function matches(path: Path, ids: readonly string[]): number {
  return path.filter((key) => ids.includes(key.toLowerCase())).length;
}
