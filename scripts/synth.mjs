// npm run synth: compiles, synthesizes every environment into cdktf.out/, and prints the address plan of each network.
import { createRequire } from "node:module";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { ROOT } from "./run.mjs";

await install();
await build();
process.chdir(ROOT);
const require = createRequire(import.meta.url);
const { app } = require("../stacks/lib/main.js");
const { addressPlan } = require("../constructs/lib/insight/address-plan.js");
console.log(addressPlan(app));
