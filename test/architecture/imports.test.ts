import { dirname, join } from "node:path";
import { filesBelow, importsOf, textOf } from "../support/repository";

/** Areas of the library that an area may import, whole or one directory of them. Every area may import itself. */
const AREAS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  synthesis: [],
  boot: ["core"],
  aws: ["core", "boot", "kubernetes"],
  kubernetes: ["core"],
  gitlab: ["core", "boot", "aws"],
  openstack: ["core", "boot"],
  nhn: ["core", "boot", "openstack"],
  // Of GitLab only the pipelines, which are data and know no cloud.
  kpaas: ["core", "boot", "openstack", "nhn", "kubernetes", "gitlab/pipeline"],
  testing: ["core"],
  insight: ["core", "aws", "kubernetes", "openstack", "nhn", "kpaas", "gitlab", "boot"],
};

/** Packages of the repository that a directory may import. Every directory may import itself. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  constructs: [],
  stacks: ["constructs"],
  tooling: [],
  local: ["tooling", "constructs"],
  cli: ["local", "tooling", "constructs"],
  examples: ["constructs"],
  bench: ["constructs", "stacks", "tooling", "cli", "scripts"],
  scripts: ["constructs", "stacks", "tooling", "local", "cli", "examples"],
  test: ["constructs", "stacks", "tooling", "local", "cli", "examples", "scripts", "bench"],
};

const sourcesOf = (directory: string) => [".ts", ".mjs"].flatMap((ending) => filesBelow(directory, ending));
const directories = Object.keys(PACKAGES);
const all = directories.flatMap(sourcesOf);
const constructs = sourcesOf("constructs").filter((path) => !path.endsWith(".generated.ts"));
const stacks = sourcesOf("stacks");
const products = ["constructs", "stacks", "tooling", "local", "cli"].flatMap(sourcesOf);

/** Area of a file of the library. */
function areaOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Files of this repository that a file imports, as paths from the root without their ending. */
function ownImports(path: string): readonly string[] {
  return importsOf(path)
    .filter((imported) => /^\.|^@groundwork\/(constructs|stacks|tooling|local|cli)\//.test(imported))
    .map((imported) =>
      imported.startsWith(".") ? join(dirname(path), imported) : imported.slice("@groundwork/".length),
    );
}

/** Imports that exist at run time; types are erased. */
function runtimeImports(path: string): readonly string[] {
  const statements = [...textOf(path).matchAll(/^(?:import|export)(?! type)\s([^"';]*?)from "([^"]+)";/gms)];
  return statements
    .filter(([, names = ""]) => !/^\{(\s*type \w+( as \w+)?,?)+\s*\}\s*$/.test(names))
    .map(([, , imported = ""]) => imported)
    .filter((imported) => /^\.|^@groundwork\//.test(imported))
    .map((imported) =>
      imported.startsWith(".") ? join(dirname(path), imported) : imported.replace("@groundwork/", ""),
    );
}

/** Every file that can be reached from itself along the imports. */
function cycles(
  files: readonly string[],
  importsOfFile: (path: string) => readonly string[] = runtimeImports,
): readonly string[] {
  const graph = new Map(files.map((file) => [file.replace(/\.ts$/, ""), importsOfFile(file)]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (graph.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
  return [...graph.keys()].filter((file) => reaches(file, file, new Set()));
}

describe("imports", () => {
  test.each(all)("%s imports only the packages that its directory may import", (path) => {
    const own = path.split("/")[0] ?? "";
    const allowed = [own, ...(PACKAGES[own] ?? [])];
    const others = ownImports(path).filter((imported) => !allowed.includes(imported.split("/")[0] ?? ""));
    expect(others).toEqual([]);
  });

  test.each(constructs)("%s imports only the areas that its area may import", (path) => {
    const area = areaOf(path);
    const allowed = [area, ...(AREAS[area] ?? [])];
    const within = (imported: string) => allowed.some((directory) => imported.startsWith(`constructs/${directory}/`));
    expect(ownImports(path).filter((imported) => !within(imported))).toEqual([]);
  });

  test.each(constructs.filter((path) => path.startsWith("constructs/gitlab/pipeline/")))(
    "%s knows no cloud, so that other areas may import it",
    (path) => {
      const others = ownImports(path).filter((imported) => !imported.startsWith("constructs/gitlab/pipeline/"));
      expect(
        others.filter((imported) => !/^constructs\/(core|boot)\/|^constructs\/gitlab\/rules$/.test(imported)),
      ).toEqual([]);
    },
  );

  test("every area of the library is listed", () => {
    expect([...new Set(constructs.map(areaOf))].filter((area) => !(area in AREAS))).toEqual([]);
  });

  test.each(directories)("%s has no import cycle at run time", (directory) => {
    expect(cycles(sourcesOf(directory))).toEqual([]);
  });

  test("the environment decoder depends on no provider", () => {
    const decoders = stacks.filter((path) => path.startsWith("stacks/environments/"));
    const imported = decoders.flatMap((path) => ownImports(path).filter((one) => one.startsWith("stacks/")));
    expect(imported.filter((one) => !/^stacks\/(environments\/|rules$)/.test(one))).toEqual([]);
    expect(decoders.flatMap((path) => importsOf(path).filter((one) => /^@cdktf\/|\/provider-/.test(one)))).toEqual([]);
  });

  test("inside the library, files are imported and not index files", () => {
    const barrels = new Set(constructs.filter((path) => path.endsWith("/index.ts")).map((path) => dirname(path)));
    const through = constructs
      .filter((path) => !path.endsWith("/index.ts"))
      .flatMap((path) =>
        ownImports(path)
          .filter((imported) => barrels.has(imported))
          .map((imported) => `${path}: ${imported}`),
      );
    expect(through).toEqual([]);
  });

  test("provider classes are imported one file each, never from the index of a provider", () => {
    const whole = products.flatMap((path) =>
      importsOf(path).filter((imported) => /^@(cdktf|groundwork)\/provider-[^/]+(\/lib)?(\/index)?$/.test(imported)),
    );
    expect(whole).toEqual([]);
  });

  test("in stacks only providers/ imports provider classes", () => {
    const touching = stacks.filter((path) =>
      importsOf(path).some((imported) => /^@(cdktf|groundwork)\/provider-/.test(imported)),
    );
    expect(touching.filter((path) => !path.startsWith("stacks/providers/"))).toEqual([]);
    expect(touching).not.toEqual([]);
  });

  test("neither constructs nor stacks read the environment, the clock or the network", () => {
    const impure = [...constructs, ...stacks].filter((path) =>
      /process\.(env|cwd|argv)|Date\.now|new Date\(|Math\.random|node:(child_process|http|https|net)|fetch\(/.test(
        textOf(path),
      ),
    );
    expect(impure).toEqual([]);
  });

  test("no construct uses instanceof on a class of the framework, which fails with a second copy of it", () => {
    const classes = constructs.flatMap((path) =>
      [...textOf(path).matchAll(/instanceof (\w+)/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => !VALUE_CLASSES.includes(name)),
    );
    expect(classes).toEqual([]);
  });
});

/** Value classes that a file distinguishes from plain data. */
const VALUE_CLASSES = ["Slot"];
