import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A directory of providers that need no download. */
export interface Mirror {
  readonly directory: string;
  /** Such as `registry.terraform.io/hashicorp/aws`. */
  readonly providers: readonly string[];
}

/** Finds providers that are already on this machine: in `TF_PLUGIN_MIRROR`, or in a directory directly below `/opt`. */
export function findMirror(environment: NodeJS.ProcessEnv): Mirror | undefined {
  const configured = environment["TF_PLUGIN_MIRROR"];
  const candidates = configured === undefined ? list("/opt").map((name) => join("/opt", name)) : [configured];
  const directory = candidates.find((candidate) => existsSync(join(candidate, "registry.terraform.io")));
  return directory === undefined ? undefined : { directory, providers: providersIn(directory) };
}

/**
 * Writes a Terraform CLI configuration: providers are taken from the mirrors, all others are downloaded.
 *
 * Always written and passed to Terraform, since a user's own configuration may contain a missing file or a mirror without
 * our providers.
 */
export function writeCliConfig(directory: string, mirrors: readonly Mirror[]): string {
  const file = join(directory, "terraform.rc");
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, cliConfig(mirrors));
  return file;
}

/** The text of a Terraform CLI configuration. If two mirrors have the same provider, the first is used. */
export function cliConfig(mirrors: readonly Mirror[]): string {
  const taken = new Set<string>();
  const blocks = mirrors.flatMap(({ directory, providers }) => {
    const sources = providers.filter((source) => !taken.has(source));
    sources.forEach((source) => taken.add(source));
    return sources.length === 0 ? [] : [block("filesystem_mirror", { path: directory, include: sources })];
  });
  const rest = taken.size === 0 ? "  direct {}\n" : block("direct", { exclude: [...taken] });
  return `provider_installation {\n${blocks.join("")}${rest}}\ndisable_checkpoint = true\n`;
}

function block(name: string, settings: Readonly<Record<string, string | readonly string[]>>): string {
  const width = Math.max(...Object.keys(settings).map(({ length }) => length));
  const lines = Object.entries(settings).map(([key, value]) => `    ${key.padEnd(width)} = ${JSON.stringify(value)}\n`);
  return `  ${name} {\n${lines.join("")}  }\n`;
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
