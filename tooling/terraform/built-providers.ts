import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, type GoModule, goVersion, isBuilt, programsDirectory, versionOf } from "../go-programs";
import { packageDirectory } from "../paths";
import { platform } from "../platform";
import { exitCode } from "../process/run";
import { cliConfig, findMirror, hasProvider, type Mirror } from "./mirror";
import { pluginCacheEnvironment } from "./plugin-cache";
import { terraformProgram } from "./program";

/** A provider that is built from its Go module if it is neither installed nor can be downloaded. */
export interface BuiltProvider {
  /** Source address, such as `mastercard/restapi`. */
  readonly source: string;
  readonly module: GoModule;
}

const HOST = "registry.terraform.io";

/** Providers without published CDKTF bindings, in the versions from which `bindings/` is generated. */
export const BUILT_PROVIDERS: readonly BuiltProvider[] = [
  provider(
    "terraform-provider-openstack/openstack",
    "github.com/terraform-provider-openstack/terraform-provider-openstack",
    "1.54.1",
  ),
  provider("mastercard/restapi", "github.com/Mastercard/terraform-provider-restapi", "1.20.0"),
];

const WITHOUT_GO =
  "Go ≥ 1.24 is missing and Terraform cannot download the OpenStack and REST providers: NHN Cloud and OpenStack are skipped; install Go from go.dev/doc/install or with your package manager.";

/** Version of a provider, without Go's `v` prefix. */
export function builtVersion({ module }: BuiltProvider): string {
  return versionOf(module).slice(1);
}

/** Mirrors that contain the providers built so far. */
export function builtMirrors(): readonly Mirror[] {
  return BUILT_PROVIDERS.flatMap(({ source, module }) => {
    const go = goFor(module);
    if (go === undefined || !isBuilt(module, go)) return [];
    return [{ directory: programsDirectory(module, go), providers: [`${HOST}/${source}`] }];
  });
}

/**
 * Ensures that Terraform can install each of the providers; returns whether it can.
 *
 * In order of preference: an installed provider, one built earlier, a download by Terraform when it needs the provider, and
 * a build (two to five minutes for both, once).
 */
export async function ensureProviders(log: (line: string) => void, abort?: AbortSignal): Promise<boolean> {
  const missing = BUILT_PROVIDERS.filter((provider) => !isOnThisMachine(provider));
  if (missing.length === 0 || (await canDownload(missing, abort))) return true;
  for (const { module } of missing) {
    const go = goFor(module);
    if (go === undefined) {
      if (process.env["CI"] === "true") throw new Error(WITHOUT_GO);
      log(WITHOUT_GO);
      return false;
    }
    await ensureBuilt(module, go, log, abort);
  }
  return true;
}

/** Builds each of the providers even if it can be downloaded: bindings are generated from exactly these. */
export async function buildProviders(log: (line: string) => void, abort?: AbortSignal): Promise<readonly Mirror[]> {
  for (const { module } of BUILT_PROVIDERS) {
    const go = goFor(module);
    if (go === undefined) throw new Error("Go ≥ 1.24 is missing: without it bindings cannot be generated");
    await ensureBuilt(module, go, log, abort);
  }
  return builtMirrors();
}

function isOnThisMachine({ source, module }: BuiltProvider): boolean {
  const installed = findMirror(process.env);
  if (installed !== undefined && hasProvider(installed, source)) return true;
  const go = goFor(module);
  return go !== undefined && isBuilt(module, go);
}

/** Tries `terraform init` for all of them at once, which takes proxies, network mirrors and signatures into account. */
async function canDownload(providers: readonly BuiltProvider[], abort?: AbortSignal): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-provider-"));
  const settings = join(directory, "terraform.rc");
  writeFileSync(settings, cliConfig([]));
  writeFileSync(join(directory, "main.tf.json"), requiring(providers));
  try {
    const env = { ...process.env, ...pluginCacheEnvironment(), TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: "1" };
    const args = ["init", "-input=false", "-no-color"];
    return (await exitCode({ command: terraformProgram(), args, cwd: directory, env, onLine: ignore, abort })) === 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function ignore(): void {
  // The error of a failed download does not help the user: the provider is built instead, which is logged.
}

/** A Terraform configuration that only requires the providers. */
export function requiring(providers: readonly BuiltProvider[]): string {
  const entries = providers.map((each) => [
    each.source.split("/")[1],
    { source: each.source, version: builtVersion(each) },
  ]);
  return JSON.stringify({ terraform: { required_providers: Object.fromEntries(entries) as unknown } });
}

function goFor(module: GoModule): string | undefined {
  return goVersion(module.directory, 24);
}

function provider(source: string, path: string, version: string): BuiltProvider {
  const name = source.split("/")[1] ?? "";
  // Layout of Terraform's filesystem mirrors for unpacked providers.
  const file = join(HOST, source, version, platform(), `terraform-provider-${name}_v${version}`);
  return {
    source,
    module: {
      name: `terraform-provider-${name}`,
      directory: join(packageDirectory(__dirname), "terraform/providers", name),
      versionOf: path,
      programs: [{ program: `terraform-provider-${name}`, package: path, file }],
    },
  };
}
