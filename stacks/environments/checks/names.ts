import { ENV006 } from "../../rules";
import { clusterPaths, type Data, type Located, membersAt, type Path, sitePaths, textAt } from "./data";
import type { Mistake } from "./finding";

/** A name that only one resource of its scope can have. */
export interface UniqueName extends Located<string> {
  /** Kind of the resource. */
  readonly noun: string;
  /** Scope of the name: a region of an account, or the whole account. */
  readonly scope: string;
}

/** The names of an environment that are unique in their AWS account. */
export function accountNames(data: Data): readonly UniqueName[] {
  return [
    ...clusterPaths(data).flatMap((path) => clusterNames(data, path)),
    ...sitePaths(data).flatMap((path) => named("bucket", "S3", data, [...path, "bucketName"])),
    ...gitlabNames(data),
  ];
}

function clusterNames(data: Data, path: Path): readonly UniqueName[] {
  const region = textAt(data, [...path, "region"]) ?? "";
  return [
    ...named("cluster", region, data, [...path, "clusterName"]),
    ...membersAt(data, [...path, "repositories"]).flatMap((member) =>
      named("repository", region, data, [...member.path, "name"]),
    ),
    ...named("policy", "IAM", data, [...path, "addons", "loadBalancerController", "policyName"]),
  ];
}

function gitlabNames(data: Data): readonly UniqueName[] {
  const region = textAt(data, ["gitlab", "network", "region"]) ?? "";
  return [
    ["gitlab", "configuration", "runnerTokenParameter"],
    ["gitlab", "server", "rootPasswordParameter"],
  ].flatMap((path) => named("parameter", region, data, path));
}

function named(noun: string, scope: string, data: Data, path: Path): readonly UniqueName[] {
  const value = textAt(data, path);
  return value === undefined ? [] : [{ noun, scope, path, value }];
}

/** Names that two resources of one environment have. */
export function duplicateNames(data: Data): readonly Mistake[] {
  return repeated([
    ...accountNames(data),
    ...clusterPaths(data).flatMap((cluster) => [
      ...serviceNames(data, cluster, ["name"], "service"),
      ...serviceNames(data, cluster, ["ingress", "name"], "ingress"),
    ]),
  ]);
}

/** Names of the Kubernetes objects of a cluster's services. */
function serviceNames(data: Data, cluster: Path, key: Path, noun: string): readonly UniqueName[] {
  return membersAt(data, [...cluster, "workloads", "services"]).flatMap(({ path }) =>
    named(noun, cluster.join("."), data, [...path, ...key]),
  );
}

function repeated(names: readonly UniqueName[]): readonly Mistake[] {
  return names.flatMap((name, index) => {
    const first = names.slice(0, index).find((other) => isSame(name, other));
    if (first === undefined) return [];
    const { noun, path, value } = name;
    const given = `${noun} "${value}", which ${first.path.join(".")} has too`;
    return [{ path, violation: ENV006.violation({ given, fix: "use another name" }) }];
  });
}

/** Whether only one of two resources can exist. */
export function isSame(one: UniqueName, other: UniqueName): boolean {
  return one.noun === other.noun && one.scope === other.scope && one.value === other.value;
}
