import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow, importsOf, ROOT, textOf } from "../support/repository";

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly version: string;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string } | string>>;
  readonly typesVersions: Readonly<Record<"*", Readonly<Record<string, readonly string[]>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly license?: string;
  readonly repository?: { readonly directory: string };
  readonly engines?: { readonly node: string };
  readonly publishConfig?: { readonly access: string };
}

const manifestOf = (directory: string): Manifest => JSON.parse(textOf(`${directory}/package.json`)) as Manifest;

const PUBLISHED = [
  ...["constructs", "tooling", "local", "cli"],
  ...["bindings/openstack", "bindings/restapi", "bindings/kubernetes", "bindings/helm"],
];

const constructs = manifestOf("constructs");
/** Sub-paths that users import, with the file that each of them exports. */
const subPaths = Object.entries(constructs.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ name: path.slice(2), ...target }],
);
const sourceOf = (file: string) => file.replace("./lib/", "constructs/").replace(/\.js$/, ".ts");

/** Imports of a file that exist at run time. */
function runtimeImports(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^(?:import|export)(?! type)\s([^"';]*?)(?:from )?"([^"]+)";/gms)]
    .filter(([, names = ""]) => !/^\{(\s*type \w+( as \w+)?,?)+\s*\}\s*$/.test(names))
    .map(([, , imported = ""]) => imported);
}

/** Bindings that a file loads at run time, directly or through other files: `aws`, `openstack`. */
function bindingsOf(path: string, seen = new Set<string>()): ReadonlySet<string> {
  seen.add(path);
  const found = new Set<string>();
  for (const imported of runtimeImports(path)) {
    const provider = /^@\w+\/provider-(\w+)\//.exec(imported)?.[1];
    if (provider !== undefined) found.add(provider);
    if (!imported.startsWith(".")) continue;
    const base = join(dirname(path), imported);
    const file = [`${base}.ts`, `${base}/index.ts`].find((one) => existsSync(join(ROOT, one)));
    if (file !== undefined && !seen.has(file)) bindingsOf(file, seen).forEach((one) => found.add(one));
  }
  return found;
}

/** The row of the README's table for a sub-path, and that of docs/library.md. */
const rowsOf = (name: string) =>
  ["constructs/README.md", "docs/library.md"].map((page) => {
    const row = textOf(page)
      .split("\n")
      .find((line) => line.startsWith("| `") && line.split("|")[1]?.includes(`\`${name}\``));
    return row?.split("|").at(-2)?.trim() ?? `no row in ${page}`;
  });

describe("the published packages", () => {
  test.each(PUBLISHED)("%s has a license, a repository, a README and the supported Node releases", (directory) => {
    const { name, license, repository, engines, publishConfig, private: isPrivate } = manifestOf(directory);
    expect(name).toMatch(/^@groundwork\//);
    expect({
      license,
      node: engines?.node,
      directory: repository?.directory,
      access: publishConfig?.access,
      isPrivate,
    }).toEqual({
      license: "Apache-2.0",
      node: ">=20.19",
      directory,
      access: "public",
      isPrivate: undefined,
    });
    expect(textOf(`${directory}/README.md`).length).toBeGreaterThan(200);
  });

  test("have the same version, and require each other in it", () => {
    const { version } = constructs;
    for (const { name, version: own, dependencies = {} } of PUBLISHED.map(manifestOf)) {
      expect(`${name} ${own}`).toBe(`${name} ${version}`);
      for (const [other, range] of Object.entries(dependencies))
        if (other.startsWith("@groundwork/")) expect(`${name}: ${other} ${range}`).toBe(`${name}: ${other} ${version}`);
    }
  });

  test("of the constructs exports named paths only", () => {
    expect(Object.keys(constructs.exports).filter((path) => path.includes("*"))).toEqual([]);
  });

  test.each(subPaths)("export $name to every module system", ({ name, types, default: file }) => {
    expect(existsSync(join(ROOT, sourceOf(file)))).toBe(true);
    expect(types).toBe(file.replace(/\.js$/, ".d.ts"));
    expect(constructs.typesVersions["*"][name]).toEqual([types.slice(2)]);
  });

  test.each(subPaths.filter(({ name }) => name !== "testing/jest"))(
    "document the bindings that $name needs",
    ({ name, default: file }) => {
      const needed = [...bindingsOf(sourceOf(file))].sort();
      for (const row of rowsOf(name)) {
        const named = [...row.matchAll(/\b(aws|helm|kubernetes|openstack|restapi)\b/g)].map(([one]) => one).sort();
        expect({ name, bindings: named }).toEqual({ name, bindings: needed });
      }
    },
  );

  test("use only what the packages export", () => {
    const exported = subPaths.map(({ name }) => `@groundwork/constructs/${name}`);
    const files = ["stacks", "local", "cli", "examples", "bench"].flatMap((directory) =>
      [".ts", ".mjs"].flatMap((ending) => filesBelow(directory, ending)),
    );
    const others = files.flatMap((path) =>
      importsOf(path)
        .filter((imported) => imported.startsWith("@groundwork/constructs") && !exported.includes(imported))
        .map((imported) => `${path}: ${imported}`),
    );
    expect(others).toEqual([]);
  });

  test("declare the providers as optional peers", () => {
    const { peerDependencies } = constructs;
    const { peerDependenciesMeta } = manifestOf("constructs") as unknown as {
      peerDependenciesMeta: Record<string, { optional: boolean }>;
    };
    const optional = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);
    expect(Object.keys(peerDependencies).filter((name) => !optional.includes(name))).toEqual(["constructs"]);
  });
});
