import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Hosts of the registries from which Terraform and OpenTofu take providers without a host in their source. */
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"] as const;

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
  const directory = candidates.find((candidate) => REGISTRIES.some((host) => existsSync(join(candidate, host))));
  return directory === undefined ? undefined : { directory, providers: providersIn(directory) };
}

/** Whether a mirror has a provider, such as `hashicorp/aws`, in the layout of either registry. */
export function hasProvider({ providers }: Mirror, source: string): boolean {
  return REGISTRIES.some((host) => providers.includes(`${host}/${source}`));
}

/**
 * Writes a Terraform CLI configuration, which OpenTofu reads too: providers are taken from the mirrors, all others are downloaded.
 *
 * Always written and passed to Terraform, since a user's own configuration may contain a missing file or a mirror without
 * our providers. A mirror that is laid out for one of the two programs is linked for the other.
 */
export function writeCliConfig(directory: string, mirrors: readonly Mirror[]): string {
  const file = join(directory, "terraform.rc");
  mkdirSync(directory, { recursive: true });
  const linked = mirrors.flatMap((mirror, number) =>
    linkedMirrors(mirror, join(directory, `provider-mirror-${number}`)),
  );
  writeFileSync(file, cliConfig([...mirrors, ...linked]));
  return file;
}

/** The mirror with the host names of the other registry, as links in a directory. The programs are the same files for both. */
function linkedMirrors({ directory, providers }: Mirror, links: string): readonly Mirror[] {
  return REGISTRIES.flatMap((host, index) => {
    const other = REGISTRIES[1 - index] ?? host;
    const own = providers.filter((source) => source.startsWith(`${host}/`));
    if (own.length === 0) return [];
    for (const source of own) linkPackages(join(directory, source), join(links, source.replace(host, other)));
    return [{ directory: links, providers: own.map((source) => source.replace(host, other)) }];
  });
}

/** Links the packages of a provider, one per version and platform: both programs follow only links at this level. */
function linkPackages(provider: string, links: string): void {
  for (const version of list(provider))
    for (const platform of list(join(provider, version)))
      link(join(provider, version, platform), join(links, version, platform));
}

/** Links a directory; another process may do the same at the same time. */
function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (readLink(path) === target) return;
  rmSync(path, { recursive: true, force: true });
  try {
    symlinkSync(target, path, "junction");
  } catch (error) {
    if (readLink(path) !== target) throw error;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
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
