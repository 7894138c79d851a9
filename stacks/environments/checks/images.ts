import { ENV013 } from "../../rules";
import { clusterPaths, type Data, isData, membersAt, textAt, valueAt } from "./data";
import type { Finding } from "./finding";
import type { NamedData } from "./shared";

/** Repositories in the lock file of each environment, by the names of the environments. */
export type LockedRepositories = Readonly<Record<string, readonly string[]>>;

/** Images that neither a build of the environment nor a promotion supplies. The stacks are synthesized: others supply their images. */
export function imageFindings(environments: readonly NamedData[], locked: LockedRepositories): readonly Finding[] {
  const origin = environments.find(({ data }) => !isLocal(data) && hasBuild(data))?.environment ?? "<environment>";
  return environments
    .filter(({ data }) => !isLocal(data))
    .flatMap(({ environment, data }) =>
      clusterPaths(data).flatMap((cluster) => {
        const repositories = membersAt(data, [...cluster, "repositories"]);
        return membersAt(data, [...cluster, "workloads", "services"]).flatMap(({ path, value }): readonly Finding[] => {
          const name = textAt(value, ["image", "repository"]);
          const repository = repositories.find((one) => textAt(one.value, ["name"]) === name);
          if (name === undefined || repository === undefined || isData(valueAt(repository.value, ["build"]))) return [];
          if (locked[environment]?.includes(name) === true) return [];
          const given = `repository ${name} has no entry in images/${environment}.lock.json`;
          const service = path.at(-1) ?? "";
          const fix = `run groundwork images promote ${origin} ${environment} --service ${service}`;
          const violation = ENV013.violation({ given, fix });
          return [{ environment, path: [...path, "image", "repository"], violation, isNotice: true }];
        });
      }),
    );
}

function isLocal(data: Data): boolean {
  return textAt(data, ["aws", "cloud"]) === "local";
}

function hasBuild(data: Data): boolean {
  const repositories = clusterPaths(data).flatMap((cluster) => membersAt(data, [...cluster, "repositories"]));
  return repositories.some(({ value }) => isData(valueAt(value, ["build"])));
}
