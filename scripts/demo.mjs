// @ts-check
// npm run demo: groundwork demo, which deploys and verifies the lab on the local cloud, after a build.
import { command, groundwork } from "./command.mjs";

await command(() => groundwork("demo", ...process.argv.slice(2)));
