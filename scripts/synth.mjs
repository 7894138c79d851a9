// @ts-check
// npm run synth: synthesizes all environments into cdktf.out/ and prints the address plan of each network.
import { command } from "./command.mjs";
import { ROOT } from "./run.mjs";

await command(async () => {
  process.chdir(ROOT);
  const { app } = await import("../stacks/lib/main.js");
  const { addressPlan } = await import("../constructs/lib/insight/address-plan.js");
  console.log(addressPlan(app));
});
