import { ENV013 } from "../../rules";
import { clusterPaths, isData, membersAt, type Path, textAt, valueAt } from "./data";
import type { Finding } from "./finding";
import type { NamedData } from "./shared";

/** Repositories in the lock file of each environment, by the names of the environments. */
export type LockedRepositories = Readonly<Record<string, readonly string[]>>;

/** Images that neither a build of the environment nor a promotion supplies. The stacks are synthesized: others supply their images. */
export function imageFindings(environments: readonly NamedData[], locked: LockedRepositories): readonly Finding[] {
  const deployed = environments.filter(({ data }) => textAt(data, ["aws", "cloud"]) !== "local");
  const services = deployed.flatMap(servicesOf);
  return services
    .filter(({ environment, repository, isBuilt }) => !isBuilt && locked[environment]?.includes(repository) !== true)
    .map(({ environment, path, name, repository }) => {
      const origin = services.find((other) => other.isBuilt && other.name === name);
      const given = `repository ${repository} has no entry in images/${environment}.lock.json`;
      const fix =
        origin === undefined
          ? `push the image and run groundwork images record ${environment} --service ${name}`
          : `run groundwork images promote ${origin.environment} ${environment} --service ${name}`;
      return { environment, path, violation: ENV013.violation({ given, fix }), isNotice: true };
    });
}

/** A service whose image is in a repository of its environment. */
interface Service {
  readonly environment: string;
  /** Key of the service. */
  readonly name: string;
  /** Location of the repository's name. */
  readonly path: Path;
  readonly repository: string;
  /** Whether the environment builds the images of the repository. */
  readonly isBuilt: boolean;
}

function servicesOf({ environment, data }: NamedData): readonly Service[] {
  return clusterPaths(data).flatMap((cluster) => {
    const repositories = membersAt(data, [...cluster, "repositories"]);
    return membersAt(data, [...cluster, "workloads", "services"]).flatMap(({ path, value }) => {
      const repository = textAt(value, ["image", "repository"]);
      const found = repositories.find((one) => textAt(one.value, ["name"]) === repository);
      if (repository === undefined || found === undefined) return [];
      const isBuilt = isData(valueAt(found.value, ["build"]));
      return [{ environment, name: path.at(-1) ?? "", path: [...path, "image", "repository"], repository, isBuilt }];
    });
  });
}
