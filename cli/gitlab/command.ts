import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_PLACE, status as cloudStatus } from "@groundwork/local/cloud";
import { ROOT } from "@groundwork/tooling/paths";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { BootCloud, Sight } from "./machine-status";
import { Aws } from "./machine-status";
import type { ReportingMachine } from "./machines";
import { reportingMachines } from "./machines";
import { waitForFirstBoots } from "./wait";
import { quoted, refusalInWords, sightInWords } from "./messages";

const VERBS = ["wait", "status", "logs"] as const;

/** What `npm run gitlab` can be told. */
export const USAGE = "usage: npm run gitlab -- wait | status | logs <environment>-gitlab [--timeout <minutes>]";

/** A machine fetches packages and AWS's client before it can speak. */
const SILENCE = { ms: 15 * 60_000, means: "it reaches neither its packages nor AWS" };

/** Whoever waits for an emulated machine would wait for ever. */
const LOCAL_SILENCE = { ms: 0, means: "the local cloud runs no machines, so nothing boots there" };

/** What is to be done, and where. */
export interface GitLabCommand {
  readonly verb: (typeof VERBS)[number];
  /** Id of the stack: `lab-gitlab`. */
  readonly stack: string;
  /** Minutes after which waiting is given up. @default 60 */
  readonly timeoutMinutes?: number;
  /** Folder that the app was synthesized into. @default - `cdktf.out` of the project */
  readonly output?: string;
  /** Address of a local cloud. @default - the one of `npm run local`, for the environment `local` */
  readonly endpoint?: string;
}

/** Reads the words after `npm run gitlab --`; throws the usage for others. */
export function readCommand(words: readonly string[], timeout = "60"): GitLabCommand {
  const [word, stack, ...rest] = words;
  const verb = VERBS.find((one) => one === word);
  const timeoutMinutes = Number(timeout);
  if (verb === undefined || stack === undefined || rest.length > 0 || !(timeoutMinutes > 0)) throw new Error(USAGE);
  return { verb, stack, timeoutMinutes };
}

/** Looks at the first boots of a GitLab stack; answers the exit code: 0 when all machines are done. */
export async function gitlabCommand(
  command: GitLabCommand,
  say: (line: string) => void,
  abort: AbortSignal,
): Promise<number> {
  const stack = stackOf(command);
  const machines = reportingMachines(stack);
  if (machines.length === 0)
    throw new Error(`${stack.id} has no machine that tells of its first boot; a GitLab stack has, such as lab-gitlab`);
  const local = command.endpoint ?? (await localEndpoint(stack));
  const cloud = new Aws(stack, local);
  try {
    if (command.verb !== "wait") return await tell(command.verb, machines, cloud, say);
    await waitForFirstBoots({
      ...{ stack: stack.id, region: stack.region, machines, cloud, say, abort },
      timeoutMs: (command.timeoutMinutes ?? 60) * 60_000,
      silence: local === undefined ? SILENCE : LOCAL_SILENCE,
    });
    say(`${stack.id} is up`);
    return 0;
  } finally {
    cloud.destroy();
  }
}

function stackOf({ stack: id, output = join(ROOT, "cdktf.out") }: GitLabCommand): SynthesizedStack {
  const folder = join(output, "stacks");
  const all = readdirSync(folder);
  if (all.includes(id)) return new SynthesizedStack(id, join(folder, id));
  const known = all.filter((name) => name.endsWith("-gitlab")).join(", ");
  throw new Error(`there is no stack "${id}"; of GitLab there are ${known === "" ? "none" : known}`);
}

async function localEndpoint({ id }: SynthesizedStack): Promise<string | undefined> {
  if (!id.startsWith("local-")) return undefined;
  const cloud = await cloudStatus(DEFAULT_PLACE);
  if (cloud === undefined) throw new Error("the local cloud does not stand: npm run local -- up");
  return cloud.endpoint;
}

async function tell(
  verb: "status" | "logs",
  machines: readonly ReportingMachine[],
  cloud: BootCloud,
  say: (line: string) => void,
): Promise<number> {
  const sights = await cloud.look(machines).catch((error: unknown) => {
    throw new Error(refusalInWords(error) ?? `AWS does not answer: ${String(error)}`);
  });
  for (const sight of sights) {
    say(sightInWords(sight, new Date()));
    if (verb === "logs") say(quoted(await linesOf(sight, cloud)));
  }
  return sights.every(({ report }) => report?.state === "done") ? 0 : 1;
}

async function linesOf({ instanceId, report }: Sight, cloud: BootCloud): Promise<readonly string[]> {
  if (report !== undefined) return report.lines;
  return instanceId === undefined ? [] : cloud.screen(instanceId);
}
