import { dirname, join } from "node:path";
import { filesBelow, importsOf, textOf } from "../support/repository";

/** Which rooms of the library a room may know, whole or one folder of theirs. Everything may know itself. */
const ARROW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  boot: ["core"],
  aws: ["core", "boot", "kubernetes"],
  kubernetes: ["core"],
  gitlab: ["core", "boot", "aws"],
  openstack: ["core", "boot"],
  nhn: ["core", "boot", "openstack"],
  // Of GitLab's room the pipelines alone, which are data: nothing of a cloud stands in them.
  kpaas: ["core", "boot", "openstack", "nhn", "kubernetes", "gitlab/pipeline"],
  insight: ["core", "aws"],
};

const constructs = filesBelow("constructs", ".ts");
const stacks = filesBelow("stacks", ".ts");

/** Room of a file of the library. */
function roomOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** Files of the library that a file imports, as paths from the root. */
function libraryImports(path: string): readonly string[] {
  return importsOf(path)
    .filter((imported) => imported.startsWith("."))
    .map((imported) => join(dirname(path), imported));
}

/** Every file from which a walk along imports comes back to where it began. */
function cycles(files: readonly string[]): readonly string[] {
  const graph = new Map(files.map((file) => [file.replace(/\.ts$/, ""), valueImports(file)]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (graph.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
  return [...graph.keys()].filter((file) => reaches(file, file, new Set()));
}

/** What a file needs when it runs; types are gone by then. */
function valueImports(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^(?:import|export)(?! type)[^"';]*?from "(\.[^"]+)";/gms)].map((match) =>
    join(dirname(path), match[1] ?? ""),
  );
}

describe("rooms", () => {
  test.each(constructs)("%s imports along the arrow only", (path) => {
    const room = roomOf(path);
    const allowed = [room, ...(ARROW[room] ?? [])];
    const within = (imported: string) => allowed.some((folder) => imported.startsWith(`constructs/${folder}/`));
    expect(libraryImports(path).filter((imported) => !within(imported))).toEqual([]);
    expect(importsOf(path).filter((imported) => /^@groundwork\/(stacks|local)/.test(imported))).toEqual([]);
  });

  test.each(constructs.filter((path) => path.startsWith("constructs/gitlab/pipeline/")))(
    "%s stays free of clouds: another room may know it",
    (path) => {
      const others = libraryImports(path).filter((imported) => !imported.startsWith("constructs/gitlab/pipeline/"));
      expect(
        others.filter((imported) => !/^constructs\/(core|boot)\/|^constructs\/gitlab\/rules$/.test(imported)),
      ).toEqual([]);
    },
  );

  test("every room of the library has its place in the arrow", () => {
    expect([...new Set(constructs.map(roomOf))].filter((room) => !(room in ARROW))).toEqual([]);
  });

  test("no import leads back to where it began", () => {
    expect(cycles(constructs)).toEqual([]);
    expect(cycles(stacks)).toEqual([]);
  });

  test("inside the library, files are imported and not the lists of what a room exports", () => {
    const barrels = new Set(constructs.filter((path) => path.endsWith("/index.ts")).map((path) => dirname(path)));
    const through = constructs
      .filter((path) => !path.endsWith("/index.ts"))
      .flatMap((path) =>
        libraryImports(path)
          .filter((imported) => barrels.has(imported))
          .map((imported) => `${path}: ${imported}`),
      );
    expect(through).toEqual([]);
  });

  test("providers are imported one file each, never whole", () => {
    const whole = [...constructs, ...stacks].flatMap((path) =>
      importsOf(path).filter((imported) => /^@cdktf\/provider-[^/]+(\/lib)?(\/index)?$/.test(imported)),
    );
    expect(whole).toEqual([]);
  });

  test("in stacks only providers/ touches a provider", () => {
    const touching = stacks.filter((path) =>
      importsOf(path).some((imported) => imported.startsWith("@cdktf/provider-")),
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

  test("no construct asks for a class of the framework by instanceof, which another copy would fail", () => {
    const asking = constructs.flatMap((path) =>
      [...textOf(path).matchAll(/instanceof (\w+)/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => !VALUES.includes(name)),
    );
    expect(asking).toEqual([]);
  });
});

/** Value classes that a file tells apart from plain data it was given in their place. */
const VALUES = ["Slot"];
