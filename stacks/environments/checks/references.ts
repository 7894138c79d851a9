import { ENV004, ENV005, ENV007, ENV008 } from "../../rules";
import { clusterPaths, type Data, membersAt, type Path, sitePaths, textAt, valueAt } from "./data";
import type { Mistake } from "./finding";
import { nearest } from "./nearest";

/** Mistakes in values that refer to other values of the file. */
export function referenceMistakes(data: Data): readonly Mistake[] {
  return [
    ...accountMistakes(data),
    ...clusterPaths(data).flatMap((path) => [
      ...regionMistakes(data, path),
      ...addonMistakes(data, path),
      ...imageMistakes(data, path),
    ]),
    ...gitlabMistakes(data),
  ];
}

function accountMistakes(data: Data): readonly Mistake[] {
  const [section] = [...clusterPaths(data), ...sitePaths(data), ...(data["gitlab"] === undefined ? [] : [["gitlab"]])];
  if (section === undefined || data["aws"] !== undefined) return [];
  const given = `${section.join(".")} without aws`;
  const fix = 'add aws: { account: "<12 digits>", cloud: "aws", … }';
  return [{ path: ["aws"], violation: ENV004.violation({ given, fix }) }];
}

function regionMistakes(data: Data, cluster: Path): readonly Mistake[] {
  const path = [...cluster, "network", "region"];
  const [region, networkRegion] = [textAt(data, [...cluster, "region"]), textAt(data, path)];
  if (region === undefined || networkRegion === undefined || region === networkRegion) return [];
  const given = `a cluster in "${region}", its network in "${networkRegion}"`;
  return [{ path, violation: ENV008.violation({ given, fix: `use "${region}" for both, or "${networkRegion}"` }) }];
}

function addonMistakes(data: Data, cluster: Path): readonly Mistake[] {
  const path = [...cluster, "workloads"];
  if (valueAt(data, path) === undefined) return [];
  if (valueAt(data, [...cluster, "addons", "loadBalancerController"]) !== undefined) return [];
  const given = "workloads without addons.loadBalancerController";
  const fix = "add the controller, which creates their load balancer, or remove workloads";
  return [{ path, violation: ENV005.violation({ given, fix }) }];
}

function imageMistakes(data: Data, cluster: Path): readonly Mistake[] {
  const repositories = membersAt(data, [...cluster, "repositories"]);
  const names = repositories.map(({ value }) => textAt(value, ["name"])).filter((name) => name !== undefined);
  return membersAt(data, [...cluster, "workloads", "services"]).flatMap(({ path: service, value }) => {
    if (textAt(value, ["image", "from"]) !== "repository") return [];
    const name = textAt(value, ["image", "repository"]) ?? "";
    const found = repositories.find((repository) => textAt(repository.value, ["name"]) === name);
    if (found === undefined) return [unknown([...service, "image", "repository"], "repository", name, names)];
    const isImmutable = textAt(found.value, ["tags"]) === "immutable";
    if (!isImmutable || textAt(value, ["image", "tag"]) !== "latest") return [];
    const given = `tag "latest" of "${name}", whose tags are immutable`;
    const fix = 'use a version, for example "1.0.0"';
    return [{ path: [...service, "image", "tag"], violation: ENV007.violation({ given, fix }) }];
  });
}

function gitlabMistakes(data: Data): readonly Mistake[] {
  const [site, tier] = [textAt(data, ["gitlab", "site"]), textAt(data, ["gitlab", "runner", "tier"])];
  const sites = membersAt(data, ["sites"]).map(({ path }) => path.at(-1) ?? "");
  const tiers = membersAt(data, ["gitlab", "network", "tiers"]).map(
    ({ value }) => textAt(value, ["name"]) ?? textAt(value, ["kind"]) ?? "",
  );
  return [
    ...(site === undefined || sites.includes(site) ? [] : [unknown(["gitlab", "site"], "site", site, sites)]),
    ...(tier === undefined || tiers.includes(tier) ? [] : [unknown(["gitlab", "runner", "tier"], "tier", tier, tiers)]),
  ];
}

function unknown(path: Path, noun: string, name: string, known: readonly string[]): Mistake {
  const similar = nearest(name, known);
  const all = known.length === 0 ? `add a ${noun} with this name` : `use one of ${known.join(", ")}`;
  const given = `${noun} "${name}", which the file does not define`;
  const fix = similar === undefined ? all : `did you mean "${similar}"?`;
  return { path, violation: ENV005.violation({ given, fix }) };
}
