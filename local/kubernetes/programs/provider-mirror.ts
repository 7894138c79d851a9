import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "@groundwork/constructs/core/quoting";
import type { Mirror } from "@groundwork/tooling/terraform/mirror";
import { platform } from "@groundwork/tooling/platform";
import type { RealPrograms } from "./real-programs";

const HOST = "registry.terraform.io";

/** Providers, and the version of a program whose file name has none: that of the bindings. */
const PROVIDERS = [
  { program: "terraform-provider-kubernetes", source: "hashicorp/kubernetes", version: "2.38.0" },
  { program: "terraform-provider-helm", source: "hashicorp/helm", version: "3.1.1" },
] as const;

/** Sources of the providers that are given as programs. */
export function realProviders(programs: RealPrograms): readonly string[] {
  return PROVIDERS.filter(({ program }) => programs.pathOf(program) !== undefined).map(({ source }) => source);
}

/**
 * A mirror with the given providers, from which Terraform installs them; none without a provider.
 *
 * The Helm provider runs in a directory with the charts: Helm then finds a chart by its name before it asks the repository, which
 * is outside this machine.
 */
export function providerMirrors(programs: RealPrograms, directory: string): readonly Mirror[] {
  const sources = realProviders(programs);
  if (sources.length === 0) return [];
  const mirror = join(directory, "real-providers");
  const charts = linkCharts(programs.charts, join(directory, "charts"));
  for (const { program, source, version: usual } of PROVIDERS) {
    const path = programs.pathOf(program);
    if (path === undefined) continue;
    const version = /_v(\d[^_/]*?)(_x\d+)?$/.exec(path)?.[1] ?? usual;
    const folder = join(mirror, HOST, source, version, platform());
    mkdirSync(folder, { recursive: true });
    const change = source === "hashicorp/helm" && charts !== undefined ? `cd ${shellWord(charts)} && ` : "";
    write(join(folder, `${program}_v${version}`), `#!/bin/sh\n${change}exec ${shellWord(path)} "$@"\n`);
  }
  return [{ directory: mirror, providers: sources.map((source) => `${HOST}/${source}`) }];
}

/** Links charts by their names: `cluster-autoscaler-9.52.0.tgz` as `cluster-autoscaler`. Returns the directory of the links. */
function linkCharts(charts: string | undefined, links: string): string | undefined {
  if (charts === undefined) return undefined;
  rmSync(links, { recursive: true, force: true });
  mkdirSync(links, { recursive: true });
  for (const name of readdirSync(charts)) {
    const chart = name.replace(/-v?\d+\.\d+\.\d+[^/]*\.tgz$/, "");
    symlinkSync(join(charts, name), join(links, chart));
  }
  return links;
}

/** Another process may write the same file at the same time, or run it. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.${process.pid}`, text, { mode: 0o755 });
  renameSync(`${file}.${process.pid}`, file);
}
