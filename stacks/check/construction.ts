import { Violation, Violations } from "@groundwork/constructs/core";
import { App } from "cdktf";
import type { IConstruct } from "constructs";
import { compose } from "../application";
import { clusterPaths, type Data, membersAt, type Path, sitePaths, valueAt } from "../environments/checks/data";
import { readEnvironment } from "../environments/environment";
import { recommended } from "../environments/recommended";
import { locate, locateInside } from "./locate";

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
  try {
    const app = new App({ outdir: "cdktf.out" });
    compose(app, [readEnvironment("", data)]);
    return app.node.findAll().flatMap((construct) => validationsOf(construct, data, sections));
  } catch (error) {
    return brokenBy(error).map((violation) => located(violation, data, sections));
  }
}

function validationsOf(construct: IConstruct, data: Data, sections: readonly Path[]): readonly LocatedViolation[] {
  return construct.node.validate().flatMap((message) => {
    const [, id = "", at = construct.node.path, given = "", fix = ""] = MESSAGE.exec(message) ?? [];
    return id === "" ? [] : [{ path: locate({ at, given, fix }, data, sections), id, given, fix }];
  });
}

function brokenBy(error: unknown): readonly Violation[] {
  if (error instanceof Violations) return error.all;
  if (error instanceof Violation) return [error];
  throw error;
}

function located({ rule, at = "", given, fix }: Violation, data: Data, sections: readonly Path[]): LocatedViolation {
  // The decoder knows the key, a construct its own path only.
  const path = at.startsWith(": ")
    ? locateInside({ given, fix }, data, keysOf(at.slice(2)))
    : locate({ at, given, fix }, data, sections);
  return { path, id: rule.id, given, fix };
}

function keysOf(text: string): Path {
  return text === "the whole file" ? [] : text.split(".");
}
