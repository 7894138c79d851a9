import { ENV010 } from "../../rules";
import { clusterPaths, type Data, type Located, membersAt } from "./data";
import type { Mistake } from "./finding";
import { nearest } from "./nearest";

/** Sizes of instance types. Source: "Instance type names" in the EC2 instance types guide. */
const SIZES = ["nano", "micro", "small", "medium", "large", "xlarge", "metal"];

/** Sizes whose nodes can run at most eleven pods, of which a node's own agents take most. Source: "eni-max-pods" of Amazon EKS. */
const TOO_SMALL = ["nano", "micro"];

/** Mistakes in the instance types of nodes and machines. */
export function instanceTypeMistakes(data: Data): readonly Mistake[] {
  const nodes = clusterPaths(data).flatMap((path) => membersAt(data, [...path, "nodes", "instanceTypes"]));
  const machines = [
    ["gitlab", "server"],
    ["gitlab", "runner"],
  ].flatMap((path) => membersAt(data, path).filter((member) => member.path.at(-1) === "instanceType"));
  return [
    ...nodes.flatMap((type) => [...sizeMistakes(type), ...nodeMistakes(type)]),
    ...machines.flatMap(sizeMistakes),
  ];
}

function sizeMistakes({ path, value }: Located): readonly Mistake[] {
  if (typeof value !== "string" || isInstanceType(value)) return [];
  const fix = similarType(value) ?? "write a family and a size, for example m7g.large";
  return [{ path, violation: ENV010.violation({ given: `instance type "${value}"`, fix }) }];
}

function isInstanceType(text: string): boolean {
  const [family = "", size = "", ...rest] = text.split(".");
  return isFamily(family) && isSize(size) && rest.length === 0;
}

/** For example `m7g`, `u-3tb1`, `p6e-gb200`: letters, a generation, capabilities. */
function isFamily(text: string): boolean {
  return /^[a-z]+[a-z0-9-]*$/.test(text) && /\d/.test(text);
}

/** The same family with the most similar size. */
function similarType(text: string): string | undefined {
  const [family = "", size = ""] = text.split(".");
  const similar = nearest(size, [...SIZES, ...multiples()]);
  return isFamily(family) && similar !== undefined ? `did you mean "${family}.${similar}"?` : undefined;
}

function isSize(size: string): boolean {
  return (
    SIZES.includes(size) || /^[1-9]\d{0,2}xlarge$/.test(size) || /^metal-\d+xl$/.test(size) || /^\d+xlarge-/.test(size)
  );
}

function multiples(): readonly string[] {
  return [2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 48].map((factor) => `${factor}xlarge`);
}

function nodeMistakes({ path, value }: Located): readonly Mistake[] {
  const [family = "", size = ""] = typeof value === "string" ? value.split(".") : [];
  if (!TOO_SMALL.includes(size)) return [];
  const given = `instance type "${String(value)}" for nodes, whose pods are those of the cluster itself`;
  return [{ path, violation: ENV010.violation({ given, fix: `use at least "${family}.medium"` }) }];
}
