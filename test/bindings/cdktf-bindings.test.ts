import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Declarations } from "@groundwork/local/kubernetes/provider/declarations";
import { filesBelow, textOf } from "../support/repository";

/** Bindings that exist for CDKTF on npm; ours are published for cdktn, which has none. */
const PROVIDERS = ["kubernetes", "helm"] as const;

/** Directories of the classes of a package: `deployment-v1`. */
const classesOf = (name: string) =>
  filesBelow(`bindings/${name}/src`, "index.ts")
    .map((path) => dirname(path).slice(`bindings/${name}/src/`.length))
    .filter((directory) => !directory.endsWith("index-structs"));

const classes = PROVIDERS.flatMap((provider) => classesOf(provider).map((directory) => ({ provider, directory })));

describe("the bindings for cdktn", () => {
  test("contain the classes that the library uses", () => {
    const used = filesBelow("constructs", ".ts").flatMap((path) =>
      [...textOf(path).matchAll(/@cdktf\/provider-(kubernetes|helm)\/lib\/([\w-]+)"/g)].map(
        ([, provider, directory]) => `${provider}/${directory}`,
      ),
    );
    const present = classes.map(({ provider, directory }) => `${provider}/${directory}`);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((one) => !present.includes(one))).toEqual([]);
  });

  test.each(classes)("declare the same arguments as CDKTF's: $provider $directory", ({ provider, directory }) => {
    const sources = filesBelow(`bindings/${provider}/src/${directory}`, ".ts").map(textOf);
    const own = new Declarations(sources.join("\n")).block();
    expect(own).toEqual(Declarations.of(`@cdktf/provider-${provider}`, directory).block());
  });

  test.each(PROVIDERS)("require the same versions of the provider as CDKTF's: %s", (provider) => {
    const directory = provider === "helm" ? "release" : "namespace-v1";
    const path = require.resolve(`@cdktf/provider-${provider}/lib/${directory}/index.js`);
    const versions = (text: string) => [...text.matchAll(/providerVersion(?:Constraint)?: '([^']+)'/g)].map(([, one]) => one);
    const own = versions(textOf(join("bindings", provider, "src", directory, "index.ts")));
    expect(own).toHaveLength(2);
    expect(own).toEqual(versions(readFileSync(path, "utf8")));
  });
});
