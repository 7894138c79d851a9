import { DEFAULT_PLACE, DEFAULT_PORT, down, reset, status, up } from "./cloud";
import { ensurePython } from "./python";

const USAGE = "usage: npm run local -- up | down | status | reset";

/** `npm run local`: the local cloud by hand; answers the exit code. */
export async function local([verb, ...rest]: readonly string[], say: (line: string) => void): Promise<number> {
  if (rest.length > 0) throw new Error(USAGE);
  switch (verb) {
    case "up": {
      await ensurePython(say);
      const { endpoint } = await up(DEFAULT_PLACE, DEFAULT_PORT);
      say(`the local cloud stands at ${endpoint}`);
      // Somebody else has the port that the stacks expect.
      if (!endpoint.endsWith(`:${DEFAULT_PORT}`))
        say(`port ${DEFAULT_PORT} is taken; tell cdktf: export TF_VAR_local_endpoint=${endpoint}`);
      return 0;
    }
    case "down":
      await down(DEFAULT_PLACE);
      say("the local cloud is stopped");
      return 0;
    case "status": {
      const cloud = await status(DEFAULT_PLACE);
      say(cloud === undefined ? "the local cloud is not running" : `the local cloud stands at ${cloud.endpoint}`);
      for (const { name, port, process } of cloud?.emulators ?? [])
        say(`  ${name}: port ${port}, process ${process.pid}`);
      return cloud === undefined ? 1 : 0;
    }
    case "reset":
      await reset(DEFAULT_PLACE);
      say("the local cloud is empty");
      return 0;
    default:
      throw new Error(USAGE);
  }
}
