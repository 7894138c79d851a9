// @ts-check
// npm run synth: groundwork synth, which synthesizes all environments into cdktf.out/ and prints the address plan of each network.
import { command, groundwork } from "./command.mjs";

await command(() => groundwork("synth", ...process.argv.slice(2)));
