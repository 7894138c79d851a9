import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Cloud } from "@groundwork/local/cloud";
import { DEFAULT_PLACE, DEFAULT_PORT, down, reset, status, up, variablesOf } from "@groundwork/local/cloud";
import { ensurePython } from "@groundwork/tooling/python";

const USAGE = "usage: npm run local -- up | down | status | reset";

/** `npm run local`: the local cloud by hand; answers the exit code. */
export async function local([verb, ...rest]: readonly string[], say: (line: string) => void): Promise<number> {
  if (rest.length > 0) throw new Error(USAGE);
  switch (verb) {
    case "up": {
      await ensurePython(say);
      const cloud = await up(DEFAULT_PLACE, { preferredPort: DEFAULT_PORT, say });
      say(`the local cloud stands at ${cloud.endpoint}`);
      tellHowToReach(cloud, say);
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
      for (const { name, process } of cloud?.kubernetes?.cluster.processes ?? [])
        say(`  ${name}: process ${process.pid}`);
      if (cloud !== undefined) tellHowToReach(cloud, say);
      return cloud === undefined ? 1 : 0;
    }
    case "reset":
      await reset(DEFAULT_PLACE);
      say("the local cloud is empty");
      // A Kubernetes API that has been emptied is another one.
      await tellOfStanding(say);
      return 0;
    default:
      throw new Error(USAGE);
  }
}

async function tellOfStanding(say: (line: string) => void): Promise<void> {
  const cloud = await status(DEFAULT_PLACE);
  if (cloud !== undefined) tellHowToReach(cloud, say);
}

/** What cdktf and kubectl have to be told. A file, because a certificate and a login are not for a screen. */
function tellHowToReach(cloud: Cloud, say: (line: string) => void): void {
  const file = join(DEFAULT_PLACE.directory, "environment.sh");
  const { endpoint, kubernetes } = cloud;
  const kubeconfig = kubernetes === undefined ? {} : { KUBECONFIG: kubernetes.cluster.kubeconfig };
  const variables = { TF_VAR_local_endpoint: endpoint, ...variablesOf(cloud), ...kubeconfig };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  say(`before cdktf or kubectl: . ${relative(process.cwd(), file)}`);
}
