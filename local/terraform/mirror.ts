import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Provider addresses that can be had without a download, and from where. */
export interface Mirror {
  readonly directory: string;
  /** Such as `registry.terraform.io/hashicorp/aws`. */
  readonly providers: readonly string[];
}

/** Finds providers that are already on this machine: in `TF_PLUGIN_MIRROR`, or anywhere directly below `/opt`. */
export function findMirror(environment: NodeJS.ProcessEnv): Mirror | undefined {
  const named = environment["TF_PLUGIN_MIRROR"];
  const candidates = named === undefined ? list("/opt").map((name) => join("/opt", name)) : [named];
  const directory = candidates.find((candidate) => existsSync(join(candidate, "registry.terraform.io")));
  return directory === undefined ? undefined : { directory, providers: providersIn(directory) };
}

/**
 * Writes Terraform's own settings: take from the mirror what it has and download the rest.
 *
 * Always written and always named to Terraform, since a user's own settings may name a file that does not exist or a
 * mirror that lacks our providers.
 */
export function writeCliConfig(directory: string, mirror: Mirror | undefined): string {
  const file = join(directory, "terraform.rc");
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, cliConfig(mirror));
  return file;
}

/** The text of Terraform's settings. */
export function cliConfig(mirror: Mirror | undefined): string {
  const sources = JSON.stringify(mirror?.providers ?? []);
  const installation =
    mirror === undefined || mirror.providers.length === 0
      ? "provider_installation {\n  direct {}\n}\n"
      : "provider_installation {\n" +
        `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror.directory)}\n    include = ${sources}\n  }\n` +
        `  direct {\n    exclude = ${sources}\n  }\n}\n`;
  return `${installation}disable_checkpoint = true\n`;
}

function providersIn(mirror: string): readonly string[] {
  return list(mirror).flatMap((host) =>
    list(join(mirror, host)).flatMap((owner) =>
      list(join(mirror, host, owner)).map((name) => `${host}/${owner}/${name}`),
    ),
  );
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
