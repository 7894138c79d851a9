import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GoModule } from "../go-programs";
import { ensureBuilt, goVersion, homeOf, isBuilt, versionOf } from "../go-programs";
import { exitCode } from "../process/run";
import { cliConfig, findMirror } from "./mirror";
import type { Mirror } from "./mirror";
import { cacheWords } from "./plugin-cache";
import { terraformProgram } from "./program";

/** A provider that can be built from its Go module where it can neither be found nor downloaded. */
export interface BuiltProvider {
  /** Where Terraform has it from, such as `mastercard/restapi`. */
  readonly source: string;
  readonly module: GoModule;
}

const HOST = "registry.terraform.io";

/** The providers of clouds for which npm offers no bindings: the real ones, in the versions of which ours are generated. */
export const BUILT_PROVIDERS: readonly BuiltProvider[] = [
  provider(
    "terraform-provider-openstack/openstack",
    "github.com/terraform-provider-openstack/terraform-provider-openstack",
    "1.54.1",
  ),
  provider("mastercard/restapi", "github.com/Mastercard/terraform-provider-restapi", "1.20.0"),
];

/** What happens without them, and how to get what builds them. */
const WITHOUT_GO =
  "Go ≥ 1.24 is missing and Terraform cannot download the OpenStack and REST providers: without them NHN Cloud and OpenStack are skipped; install Go from go.dev/doc/install or with your package manager.";

/** The version that is built, without the v that Go writes before it. */
export function builtVersion({ module }: BuiltProvider): string {
  return versionOf(module).slice(1);
}

/** Directories in which Terraform finds what has been built; empty before anything was. */
export function builtMirrors(): readonly Mirror[] {
  return BUILT_PROVIDERS.flatMap(({ source, module }) => {
    const go = goFor(module);
    if (go === undefined || !isBuilt(module, go)) return [];
    return [{ directory: homeOf(module, go), providers: [`${HOST}/${source}`] }];
  });
}

/**
 * Sees to it that Terraform can have each of the providers; answers whether it can.
 *
 * What is installed is taken as it is, then what was built before. Where Terraform can download, it will do so itself
 * when it needs them. Only what is left is built: two to five minutes for both, once.
 */
export async function ensureProviders(say: (line: string) => void, abort?: AbortSignal): Promise<boolean> {
  const installed = findMirror(process.env)?.providers ?? [];
  for (const wanted of BUILT_PROVIDERS) {
    if (installed.includes(`${HOST}/${wanted.source}`)) continue;
    const go = goFor(wanted.module);
    if (go !== undefined && isBuilt(wanted.module, go)) continue;
    if (await canDownload(wanted, abort)) continue;
    if (go === undefined) {
      if (process.env["CI"] === "true") throw new Error(WITHOUT_GO);
      say(WITHOUT_GO);
      return false;
    }
    await ensureBuilt(wanted.module, go, say, abort);
  }
  return true;
}

/** Builds each of the providers whether or not it can be downloaded: bindings are made from these and no others. */
export async function buildProviders(say: (line: string) => void, abort?: AbortSignal): Promise<readonly Mirror[]> {
  for (const { module } of BUILT_PROVIDERS) {
    const go = goFor(module);
    if (go === undefined) throw new Error("Go ≥ 1.24 is missing: without it bindings cannot be generated");
    await ensureBuilt(module, go, say, abort);
  }
  return builtMirrors();
}

/** Asks Terraform itself, which knows about proxies, mirrors of networks and signatures. */
async function canDownload(wanted: BuiltProvider, abort?: AbortSignal): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-provider-"));
  const settings = join(directory, "terraform.rc");
  writeFileSync(settings, cliConfig([]));
  writeFileSync(join(directory, "main.tf.json"), requiring([wanted]));
  try {
    const env = { ...process.env, ...cacheWords(), TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" };
    const args = ["init", "-input=false", "-no-color"];
    return (await exitCode({ command: terraformProgram(), args, cwd: directory, env, onLine: ignore, abort })) === 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function ignore(): void {
  // What Terraform says about a download that failed is of no use to whoever is told what happens instead.
}

/** A configuration that needs the providers and has nothing else. */
export function requiring(providers: readonly BuiltProvider[]): string {
  const entries = providers.map((one) => [
    one.source.split("/")[1],
    { source: one.source, version: builtVersion(one) },
  ]);
  return JSON.stringify({ terraform: { required_providers: Object.fromEntries(entries) as unknown } });
}

function goFor(module: GoModule): string | undefined {
  return goVersion(module.directory, 24);
}

function provider(source: string, path: string, version: string): BuiltProvider {
  const name = source.split("/")[1] ?? "";
  // The layout in which Terraform looks for a provider that lies unpacked on a disk.
  const file = join(HOST, source, version, platform(), `terraform-provider-${name}_v${version}`);
  return {
    source,
    module: {
      name: `terraform-provider-${name}`,
      directory: `tooling/terraform/providers/${name}`,
      versionOf: path,
      programs: [{ program: `terraform-provider-${name}`, package: path, file }],
    },
  };
}

/** This machine, as Go and Terraform call it. */
function platform(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}_${process.arch === "x64" ? "amd64" : process.arch}`;
}
