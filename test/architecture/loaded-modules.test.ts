import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow, ROOT, textOf } from "../support/repository";

/** Every module that Node loads to synthesize all environments from the build. */
function loadedModules(): readonly string[] {
  const program = "require('./stacks/lib/main.js'); console.log(JSON.stringify(Object.keys(require.cache)))";
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", program], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: join(tmpdir(), "groundwork-loaded") },
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`build first (npm run build): ${stderr}`);
  return JSON.parse(stdout) as string[];
}

/** Sub-paths of the library that a package imports at run time. */
function librarySubPaths(directories: readonly string[]): readonly string[] {
  const imports = directories.flatMap((directory) => filesBelow(directory, ".ts")).flatMap(runtimeImportsOf);
  return [...new Set(imports.filter((path) => path.startsWith("@groundwork/constructs/")))].sort();
}

function runtimeImportsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^import (?!type )[^"';]*?from "([^"]+)";/gm)].map((match) => match[1] ?? "");
}

// A project has cdktf or cdktn; these packages are the same for both.
test.each(librarySubPaths(["cli", "local", "tooling"]))(
  "%s, which the command line uses, loads no framework",
  (subPath) => {
    const program = `
    const Module = require("node:module");
    const { _resolveFilename: resolve } = Module;
    Module._resolveFilename = function (name, ...rest) {
      if (/^(cdktf|cdktn|@cdktf\\/.*)(\\/|$)/.test(name)) throw new Error("loads " + name);
      return resolve.call(this, name, ...rest);
    };
    require(${JSON.stringify(subPath)});`;
    const { stderr } = spawnSync(process.execPath, ["-e", program], { cwd: ROOT, encoding: "utf8" });
    expect(/Error: .*/.exec(stderr)?.[0]).toBeUndefined();
  },
);

describe("synthesizing everything", () => {
  const modules = loadedModules();

  test("loads providers one file at a time, never their index", () => {
    const providers = modules.filter((path) => /\/@cdktf\/provider-|\/bindings\//.test(path));
    expect(providers.length).toBeGreaterThan(20);
    expect(providers.filter((path) => /(provider-|bindings\/)[^/]+\/lib\/(index|lazy-index)\.js$/.test(path))).toEqual(
      [],
    );
  });

  test("loads nothing that only the local cloud or the tests need", () => {
    expect(modules.filter((path) => /@aws-sdk|\/local\/lib\/|\/test\/|@grpc/.test(path))).toEqual([]);
  });
});
