import { setTimeout as sleep } from "node:timers/promises";
import type { BootCloud, Sight } from "./machine-status";
import type { ReportingMachine } from "./machines";
import { lasted, quoted, refusalInWords, sightInWords } from "./messages";

/** How first boots are followed. */
export interface WaitProps {
  readonly stack: string;
  readonly region: string;
  readonly machines: readonly ReportingMachine[];
  readonly cloud: BootCloud;
  readonly say: (line: string) => void;
  /** After how long it is given up. */
  readonly timeoutMs: number;
  /** How long a new machine may be silent, and what it means when it is for longer. */
  readonly silence: { readonly ms: number; readonly means: string };
  /** Time between two looks. @default - ten seconds */
  readonly everyMs?: number;
  /** Ends the waiting, not the boot. */
  readonly abort: AbortSignal;
}

/** Follows the first boots of a stack's machines until all are done; throws, with one sentence, when that is not to be. */
export async function waitForFirstBoots(props: WaitProps): Promise<void> {
  const { stack, machines, say, timeoutMs, everyMs = 10_000, abort } = props;
  const deadline = Date.now() + timeoutMs;
  const said = new Map<string, string>();
  for (;;) {
    const sights = await look(props);
    for (const sight of sights) {
      const what = JSON.stringify([sight.instanceId, sight.report]);
      if (said.get(sight.noun) !== what) say(sightInWords(sight, new Date()));
      said.set(sight.noun, what);
    }
    for (const sight of sights) await refuse(sight, props);
    if (sights.length === machines.length && sights.every(({ report }) => report?.state === "done")) return;
    if (Date.now() >= deadline) throw new Error(late(stack, sights, timeoutMs));
    await sleep(Math.min(everyMs, Math.max(1, deadline - Date.now())), undefined, { signal: abort });
  }
}

/** Looks once. What AWS refuses stays refused; a network that stumbles is asked again. */
async function look({ cloud, machines, say }: WaitProps): Promise<readonly Sight[]> {
  try {
    return await cloud.look(machines);
  } catch (error) {
    const refusal = refusalInWords(error);
    if (refusal !== undefined) throw new Error(refusal);
    say(`AWS does not answer (${error instanceof Error ? error.message : String(error)}); asking again`);
    return [];
  }
}

/** Throws when nothing is left to wait for. */
async function refuse(sight: Sight, { stack, region, cloud, silence }: WaitProps): Promise<void> {
  const { noun, name, instanceId, launchedAt, report } = sight;
  if (instanceId === undefined)
    throw new Error(`no machine ${name} runs in ${region}; deploy it first: npx cdktf deploy '${stack}'`);
  if (report?.state === "failed")
    throw new Error(
      `the first boot of the ${noun} failed in step ${report.step} with code ${report.code} after ${lasted(launchedAt, report.at)}; ` +
        `what it said last:\n${quoted(report.lines)}\n${goOn(instanceId, region)}`,
    );
  if (report !== undefined || Date.now() - launchedAt.getTime() < silence.ms) return;
  throw new Error(
    `the ${noun} (${instanceId}) has said nothing for ${lasted(launchedAt, new Date())}: ${silence.means}; ` +
      `what stands on its screen:\n${quoted(await cloud.screen(instanceId))}`,
  );
}

function goOn(instance: string, region: string): string {
  return (
    `all of it: aws ssm start-session --region ${region} --target ${instance}, then sudo less /var/log/groundwork/first-boot.log; ` +
    "what is mended goes on where it stopped: sudo systemctl restart groundwork-first-boot"
  );
}

function late(stack: string, sights: readonly Sight[], timeoutMs: number): string {
  const open = sights.filter(({ report }) => report?.state !== "done");
  const where = open.map(
    ({ noun, report }) => `the ${noun} is ${report === undefined ? "silent" : `in step ${report.step}`}`,
  );
  const minutes = Math.round(timeoutMs / 60_000);
  return `${stack} is not up after ${minutes} minutes of waiting: ${where.join(", ") || "AWS does not answer"}; the machines go on by themselves`;
}
