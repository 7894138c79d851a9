import { Cidr } from "@groundwork/constructs/core";
import { ENV006, ENV012 } from "../../rules";
import { clusterPaths, type Data, type Path, sitePaths, textAt } from "./data";
import type { Finding, Mistake } from "./finding";
import { accountNames, isSame } from "./names";

/** An environment's data with the name of its file. */
export interface NamedData {
  readonly environment: string;
  readonly data: Data;
}

/** Names and blocks that two environments share although only one of them can have it. The later environment is reported. */
export function sharedFindings(all: readonly NamedData[]): readonly Finding[] {
  return all.flatMap((later, index) =>
    all
      .slice(0, index)
      .flatMap((earlier) => [
        ...[...stackMistakes(later, earlier), ...nameMistakes(later, earlier)].map((mistake) =>
          findingOf(later, mistake, false),
        ),
        ...blockMistakes(later, earlier).map((mistake) => findingOf(later, mistake, true)),
      ]),
  );
}

function findingOf({ environment }: NamedData, mistake: Mistake, isNotice: boolean): Finding {
  return { ...mistake, environment, isNotice };
}

/** The ids of stacks begin with the name of their environment. */
function stackMistakes({ data }: NamedData, earlier: NamedData): readonly Mistake[] {
  const name = textAt(data, ["name"]);
  const repeated = stackIds(data).find((id) => stackIds(earlier.data).includes(id));
  if (name === undefined || (repeated === undefined && name !== textAt(earlier.data, ["name"]))) return [];
  const given = `name "${name}"${repeated === undefined ? "" : ` and thus the stack ${repeated}`}, which ${earlier.environment}.ts has too`;
  const fix = "use another name, for example that of the file";
  return [{ path: ["name"], violation: ENV006.violation({ given, fix }) }];
}

function stackIds(data: Data): readonly string[] {
  const name = textAt(data, ["name"]) ?? "";
  return [
    ...clusterPaths(data).map(([, key]) => `${name}-${key === undefined ? "" : `${key}-`}eks`),
    ...sitePaths(data).map(([, key]) => `${name}-${key === undefined ? "" : `${key}-`}site`),
    ...["gitlab", "nhn", "openstack"].filter((section) => data[section] !== undefined).map((one) => `${name}-${one}`),
  ];
}

function nameMistakes(later: NamedData, earlier: NamedData): readonly Mistake[] {
  if (!isSameAccount(later.data, earlier.data)) return [];
  const others = accountNames(earlier.data);
  return accountNames(later.data).flatMap((name) => {
    const other = others.find((one) => isSame(one, name));
    if (other === undefined) return [];
    const given = `${name.noun} "${name.value}", which ${earlier.environment}.ts has too (${other.path.join(".")})`;
    const fix = "use another name: both are in one account";
    return [{ path: name.path, violation: ENV006.violation({ given, fix }) }];
  });
}

function blockMistakes(later: NamedData, earlier: NamedData): readonly Mistake[] {
  if (!isSameAccount(later.data, earlier.data)) return [];
  const others = blocksOf(earlier.data);
  return blocksOf(later.data).flatMap(({ path, cidr }) => {
    const other = others.find((one) => one.cidr.overlaps(cidr));
    if (other === undefined) return [];
    const given = `${cidr.toString()}, which overlaps ${other.cidr.toString()} of ${earlier.environment}.ts (${other.path.join(".")})`;
    const fix = "use a free block, so that the networks can be connected";
    return [{ path, violation: ENV012.violation({ given, fix }) }];
  });
}

/** The blocks of an environment's networks on AWS; blocks that cannot be read are reported by the decoder. */
export function blocksOf(data: Data): readonly { readonly path: Path; readonly cidr: Cidr }[] {
  const networks = [...clusterPaths(data), ["gitlab"]].map((path) => [...path, "network", "cidr"]);
  return networks.flatMap((path) => {
    const text = textAt(data, path);
    return text !== undefined && isBlock(text) ? [{ path, cidr: Cidr.parse(text) }] : [];
  });
}

function isBlock(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return false;
  const [, one, two, three, four, prefix] = match.map(Number);
  const bytes = [one, two, three, four].map((byte) => byte ?? 256);
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - (prefix ?? 33));
  return bytes.every((byte) => byte <= 255) && (prefix ?? 33) <= 32 && number % size === 0 && !/\b0\d/.test(text);
}

/** Whether two environments are certainly in one account: `"caller"` and an id may differ. */
function isSameAccount(one: Data, other: Data): boolean {
  const [account, otherAccount] = [textAt(one, ["aws", "account"]), textAt(other, ["aws", "account"])];
  const [cloud, otherCloud] = [textAt(one, ["aws", "cloud"]), textAt(other, ["aws", "cloud"])];
  return account !== undefined && account === otherAccount && cloud === otherCloud;
}
