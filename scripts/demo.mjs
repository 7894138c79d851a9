import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { fail } from "./run.mjs";

try {
  await install({ cloud: true });
  await build();
  const { demo } = await import("../cli/lib/demo/demo.js");
  process.exitCode = await demo(process.argv.slice(2));
} catch (error) {
  fail(error);
}
