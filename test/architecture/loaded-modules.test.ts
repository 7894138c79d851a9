import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/repository";

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
