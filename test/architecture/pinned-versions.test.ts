import { filesBelow, textOf } from "../support/repository";

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean; readonly inBundle?: boolean }
    >
  >;
}

const manifests = [
  "package.json",
  ...["bindings", "cli", "constructs", "local", "stacks", "tooling"].flatMap((directory) =>
    filesBelow(directory, "package.json"),
  ),
].filter((file) => !file.includes("/generated/"));

describe("npm packages", () => {
  test.each(manifests)("of %s have exact versions", (file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(textOf(file)) as Manifest;
    const wide = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(wide).toEqual([]);
  });

  test("are locked with a hash of each archive, and come from a registry", () => {
    const { packages } = JSON.parse(textOf("package-lock.json")) as Lock;
    const downloaded = Object.entries(packages).filter(
      ([path, { link, inBundle }]) => path.includes("node_modules/") && link !== true && inBundle !== true,
    );
    expect(downloaded.length).toBeGreaterThan(300);
    const unverified = downloaded.filter(
      ([, { resolved, integrity }]) => !/^sha512-/.test(integrity ?? "") || !/^https:/.test(resolved ?? "https:"),
    );
    expect(unverified.map(([path]) => path)).toEqual([]);
  });
});
