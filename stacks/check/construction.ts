import { inspect } from "node:util";
import { Violation, Violations } from "@groundwork/constructs/core";
import { App } from "cdktf";
import type { IConstruct } from "constructs";
import { compose } from "../application";
import {
  clusterPaths,
  type Data,
  leavesOf,
  membersAt,
  type Path,
  sitePaths,
  valueAt,
} from "../environments/checks/data";
import { readEnvironment } from "../environments/environment";
import { recommended } from "../environments/recommended";
import { locate, locateInside } from "./locate";
import { repaired } from "./repair";

/** A violation with the key of its value. */
export interface LocatedViolation {
  readonly path: Path;
  readonly id: string;
  readonly given: string;
  readonly fix: string;
}

/** A message of a construct's validation: `EKS018 at lab-eks/Cluster: given; fix`. */
const MESSAGE = /^([A-Z]{3}\d{3})(?: at ([^:]*))?: (.*); (.*)$/s;

/** A part of an environment from which stacks can be created without the others. */
export interface Part {
  readonly data: Data;
  readonly sections: readonly Path[];
}

/** The parts of an environment: each cluster, each site, GitLab with its site, and the platforms. */
export function partsOf(data: Data): readonly Part[] {
  const { name, backend, aws } = data;
  const common = { name, backend, ...(aws === undefined ? {} : { aws }) };
  const single = [...clusterPaths(data), ...sitePaths(data), ["nhn"], ["openstack"]]
    .filter((path) => valueAt(data, path) !== undefined)
    .map((path) => ({
      data: { ...common, ...nested(path, valueAt(data, path)) },
      sections: [path, ["aws"], ["backend"]],
    }));
  if (data["gitlab"] === undefined) return single;
  return [
    ...single,
    { data: { ...common, ...substitutes(data), gitlab: data["gitlab"] }, sections: [["gitlab"], ["aws"], ["backend"]] },
  ];
}

/** Valid sites with the names of the environment's own, whose mistakes are reported without GitLab. */
function substitutes(data: Data): Data {
  const substitute = (name: string) => ({
    ...recommended.site,
    bucketName: `substitute-${name}`,
    hosting: { type: "public-website" },
  });
  const names = membersAt(data, ["sites"]).map(({ path }) => path.at(-1) ?? "");
  return {
    ...(data["site"] === undefined ? {} : { site: substitute("site") }),
    sites: Object.fromEntries(names.map((name) => [name, substitute(`${name}-site`)])),
  };
}

function nested([first = "", ...rest]: Path, value: unknown): Data {
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}

/** The violations at which the decoding or the construction of a part ends; none when its stacks can be synthesized. */
export function violationsOf({ data, sections }: Part): readonly LocatedViolation[] {
  return reportsOf(data).map((report) => {
    const path = pathOf(report, data, sections);
    return { ...report, path: rejectedAmongEqual(report, path, data, sections) };
  });
}

/** A violation with the location that its message has: a key, or the path of a construct. */
interface Report {
  readonly id: string;
  readonly at: string;
  readonly given: string;
  readonly fix: string;
}

/** What was reported of each part: while one part is corrected, the others are the same in the next check. */
const reported = new Map<string, readonly Report[]>();

function reportsOf(data: Data): readonly Report[] {
  // Unlike JSON, it distinguishes a key without a value from a missing one, and shows functions.
  const key = inspect(data, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });
  const known = reported.get(key);
  if (known !== undefined) return known;
  const reports = constructed(data);
  reported.set(key, reports);
  return reports;
}

/** The violations at which the construction of a part ends. */
function constructed(data: Data): readonly Report[] {
  try {
    const app = new App({ outdir: "cdktf.out" });
    compose(app, [readEnvironment("", data)]);
    return app.node.findAll().flatMap(validationsOf);
  } catch (error) {
    return brokenBy(error).map(({ rule, at = "", given, fix }) => ({ id: rule.id, at, given, fix }));
  }
}

/**
 * The key whose value is rejected, among keys with equal values: the message names the value, but not the key. It is the one without
 * whose value there is no such violation.
 */
function rejectedAmongEqual(report: Report, path: Path, data: Data, sections: readonly Path[]): Path {
  const value = valueAt(data, path);
  const equal = leavesOf(data)
    .filter(
      (leaf) => leaf.value === value && sections.some((section) => section.every((key, n) => leaf.path[n] === key)),
    )
    .map((leaf) => leaf.path);
  if (equal.length < 2) return path;
  const others = equal.filter((other) => other.join(".") !== path.join("."));
  const isRejected = (candidate: Path) =>
    !reportsOf(repaired(data, { path: candidate, fix: report.fix }, 0)).some(
      ({ id, at, given }) => id === report.id && at === report.at && given === report.given,
    );
  return [path, ...others].find(isRejected) ?? path;
}

function validationsOf(construct: IConstruct): readonly Report[] {
  return construct.node.validate().flatMap((message) => {
    const [, id = "", at = construct.node.path, given = "", fix = ""] = MESSAGE.exec(message) ?? [];
    return id === "" ? [] : [{ at, id, given, fix }];
  });
}

function brokenBy(error: unknown): readonly Violation[] {
  if (error instanceof Violations) return error.all;
  if (error instanceof Violation) return [error];
  throw error;
}

/** The decoder knows the key, a construct its own path only. */
function pathOf({ at, given, fix }: Report, data: Data, sections: readonly Path[]): Path {
  return at.startsWith(": ")
    ? locateInside({ given, fix }, data, keysOf(at.slice(2)))
    : locate({ at, given, fix }, data, sections);
}

function keysOf(text: string): Path {
  return text === "the whole file" ? [] : text.split(".");
}
