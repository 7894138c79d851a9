import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import {
  type Cloud,
  DEFAULT_DIRECTORIES,
  DEFAULT_PORT,
  down,
  reset,
  status,
  up,
  variablesOf,
} from "@groundwork/local/cloud";
import { ensurePython } from "@groundwork/tooling/python";

const USAGE = `usage: npm run local -- up | down | status | reset
Exit codes: 0 success, 1 error or, for status, the local cloud is not running`;

type Log = (line: string) => void;

/** Runs `npm run local`: starts, stops, resets the local cloud or reports its status. Returns the exit code. */
export async function local([verb, ...rest]: readonly string[], log: Log): Promise<number> {
  if (rest.length > 0) throw new Error(USAGE);
  switch (verb) {
    case "up": {
      await ensurePython(log);
      const cloud = await up(DEFAULT_DIRECTORIES, { preferredPort: DEFAULT_PORT, log });
      log(`the local cloud runs at ${cloud.endpoint}`);
      writeEnvironment(cloud, log);
      return 0;
    }
    case "down":
      await down(DEFAULT_DIRECTORIES);
      log("the local cloud is stopped");
      return 0;
    case "status":
      return printStatus(await status(DEFAULT_DIRECTORIES), log);
    case "reset": {
      await reset(DEFAULT_DIRECTORIES);
      log("the local cloud is empty");
      // The Kubernetes API has been recreated with other credentials.
      const cloud = await status(DEFAULT_DIRECTORIES);
      if (cloud !== undefined) writeEnvironment(cloud, log);
      return 0;
    }
    default:
      throw new Error(USAGE);
  }
}

function printStatus(cloud: Cloud | undefined, log: Log): number {
  if (cloud === undefined) {
    log("the local cloud is not running");
    return 1;
  }
  log(`the local cloud runs at ${cloud.endpoint}`);
  for (const { name, port, process } of cloud.emulators) log(`  ${name}: port ${port}, process ${process.pid}`);
  for (const { name, process } of cloud.kubernetes?.cluster.processes ?? []) log(`  ${name}: process ${process.pid}`);
  writeEnvironment(cloud, log);
  return 0;
}

/** Writes the environment variables for cdktf and kubectl to a file, because they contain credentials, and prints its name. */
function writeEnvironment(cloud: Cloud, log: Log): void {
  const file = join(DEFAULT_DIRECTORIES.directory, "environment.sh");
  const { endpoint, kubernetes } = cloud;
  const kubeconfig = kubernetes === undefined ? {} : { KUBECONFIG: kubernetes.cluster.kubeconfig };
  const variables = { TF_VAR_local_endpoint: endpoint, ...variablesOf(cloud), ...kubeconfig };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  log(`before cdktf or kubectl: . ${relative(process.cwd(), file)}`);
}
