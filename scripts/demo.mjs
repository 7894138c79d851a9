// @ts-check
// npm run demo: deploys and verifies the lab on the local cloud. demo:down destroys it and stops the cloud.
import { command } from "./command.mjs";

await command(
  async () => {
    const { demo } = await import("../cli/lib/demo/demo.js");
    return demo(process.argv.slice(2));
  },
  { cloud: true },
);
