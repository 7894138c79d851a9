import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail } from "./run.mjs";

try {
  await install({ cloud: true });
  await build();
  const { local } = await import("../cli/lib/local.js");
  process.exitCode = await local(process.argv.slice(2), console.log);
} catch (error) {
  fail(error);
}
