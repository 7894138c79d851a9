import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator, RunningEmulator } from "./aws/emulator";
import { empty, isHealthy } from "./aws/emulator";
import { gateway } from "./aws/gateway";
import { ministack } from "./aws/ministack";
import { moto } from "./aws/moto";
import type { LocalKubernetes } from "./kubernetes/local-kubernetes";
import { downKubernetes, kubernetesAt, upKubernetes } from "./kubernetes/local-kubernetes";
import type { LocalOpenStack } from "./openstack/local-openstack";
import { openstackAt } from "./openstack/local-openstack";
import { openstack } from "./openstack/openstack";
import { WORK } from "@groundwork/tooling/paths";
import { freePort } from "@groundwork/tooling/ports";
import { isRunning, startInBackground, stop, until } from "@groundwork/tooling/process/background";
import { ensureProviders } from "@groundwork/tooling/terraform/built-providers";
import type { Part } from "./parts";
import { forgetLocalState } from "./terraform-state";

/** The address the `local` environment expects when nothing else is said. */
export const DEFAULT_PORT = 4566;

/** Where a local cloud keeps its things. */
export interface CloudPlace {
  /** Process ids, ports and logs. */
  readonly directory: string;
  /** Terraform's state of the stacks in this cloud. It is worth as much as the cloud's memory, so both go together. */
  readonly stateDirectory: string;
}

/** A local cloud that stands. */
export interface Cloud {
  /** Differs from one start to the next: nothing survives a stop. */
  readonly id: string;
  /** Address of everything of AWS. */
  readonly endpoint: string;
  readonly emulators: readonly RunningEmulator[];
  /** Nothing where it was not asked for, or where there is no Go to build it. */
  readonly kubernetes: LocalKubernetes | undefined;
  /** Nothing where it was not asked for, or where Terraform cannot have its providers. */
  readonly openstack: LocalOpenStack | undefined;
}

/** How a cloud is started. */
export interface UpProps {
  /** @default - any free port */
  readonly preferredPort?: number;
  /** What stands beside AWS. @default - everything */
  readonly parts?: readonly Part[];
  /** Hears what takes long. @default - nobody */
  readonly say?: (line: string) => void;
  /** Ends what takes long. @default - nothing does */
  readonly abort?: AbortSignal;
}

/** What is written down of a cloud. */
interface CloudRecord extends Omit<Cloud, Part> {
  /** What stands beside AWS; nothing before everything stands. */
  readonly parts: readonly Part[] | undefined;
}

/** The place of the demo's cloud and of `npm run local`. */
export const DEFAULT_PLACE: CloudPlace = { directory: join(WORK, "local"), stateDirectory: join(WORK, "state") };

/** The cloud that stands at a place; nothing when none does, or not all of it. */
export async function status(place: CloudPlace): Promise<Cloud | undefined> {
  const record = recall(place);
  if (record?.parts === undefined || !record.emulators.every(({ process }) => isRunning(process))) return undefined;
  if (!(await Promise.all(record.emulators.map(isHealthy))).every(Boolean)) return undefined;
  const cloud = await cloudOf(place, record);
  return isWhole(cloud, record.parts) ? cloud : undefined;
}

/** What of a cloud Terraform has to be told to meet it and no other. */
export function variablesOf({ kubernetes, openstack }: Pick<Cloud, Part>): Readonly<Record<string, string>> {
  return { ...kubernetes?.env, ...openstack?.env };
}

/**
 * Starts a cloud, or answers the one that stands.
 *
 * A new cloud is empty. What Terraform remembers of its predecessor's objects is forgotten with them.
 */
export async function up(place: CloudPlace, props: UpProps = {}): Promise<Cloud> {
  const standing = await status(place);
  if (standing !== undefined) return standing;
  await down(place);

  mkdirSync(place.directory, { recursive: true });
  try {
    const { parts = ["kubernetes", "openstack"], preferredPort, say = () => undefined, abort } = props;
    // What cannot be had here has been said, and in CI it is a failure.
    const hasOpenstack = parts.includes("openstack") && (await ensureProviders(say, abort));
    const emulators = await upEmulators(place, hasOpenstack, preferredPort);
    const kubernetes = parts.includes("kubernetes")
      ? await upKubernetes(kubernetesDirectory(place), say, abort)
      : undefined;
    const had = { kubernetes: kubernetes !== undefined, openstack: hasOpenstack };
    const record = { ...emulators, parts: parts.filter((part) => had[part]) };
    remember(place, record);
    return await cloudOf(place, record);
  } catch (error) {
    await down(place);
    throw error;
  }
}

async function upEmulators(
  place: CloudPlace,
  hasOpenstack: boolean,
  preferredPort: number | undefined,
): Promise<CloudRecord> {
  const ports = { moto: await freePort(), ministack: await freePort() };
  const port = await freePort(preferredPort);
  const emulators = [
    moto(ports.moto),
    ministack(ports.ministack, place.directory),
    gateway(port, ports),
    ...(hasOpenstack ? [openstack(await freePort())] : []),
  ];
  const endpoint = `http://127.0.0.1:${port}`;
  let record: CloudRecord = { id: randomUUID(), endpoint, emulators: [], parts: undefined };
  for (const emulator of emulators) {
    record = { ...record, emulators: [...record.emulators, await start(place, emulator)] };
    // After every start, so that whoever ends us in between leaves nothing that nobody knows of.
    remember(place, record);
  }
  for (const emulator of record.emulators) await ready(place, emulator);
  return record;
}

async function cloudOf(place: CloudPlace, { id, endpoint, emulators }: CloudRecord): Promise<Cloud> {
  const emulator = emulators.find(({ name }) => name === "openstack");
  return {
    id,
    endpoint,
    emulators,
    kubernetes: kubernetesAt(kubernetesDirectory(place)),
    openstack: emulator === undefined ? undefined : await openstackAt(emulator.port),
  };
}

function isWhole(cloud: Cloud, parts: readonly Part[]): boolean {
  return parts.every((part) => cloud[part] !== undefined);
}

/** Stops the cloud of a place, and forgets what Terraform remembers of it. */
export async function down(place: CloudPlace): Promise<void> {
  const cloud = recall(place);
  // The gateway first: a client then fails to connect instead of meeting half a cloud.
  for (const { process } of [...(cloud?.emulators ?? [])].reverse()) await stop(process);
  await downKubernetes(kubernetesDirectory(place));
  rmSync(recordFile(place), { force: true });
  forgetLocalState(place.stateDirectory);
}

/** Empties the cloud of a place: emulators, gateway and Terraform's memory together, since each is wrong without the others. */
export async function reset(place: CloudPlace): Promise<void> {
  const cloud = await status(place);
  for (const emulator of cloud?.emulators ?? []) await empty(emulator);
  if (cloud?.kubernetes !== undefined) {
    // An API server cannot be told to forget, and a new one is there within seconds.
    await downKubernetes(kubernetesDirectory(place));
    await upKubernetes(kubernetesDirectory(place), () => undefined);
  }
  forgetLocalState(place.stateDirectory);
}

async function start({ directory }: CloudPlace, emulator: Emulator): Promise<RunningEmulator> {
  const { name, command, args, env, port, healthPath, resetPath } = emulator;
  const process_ = await startInBackground({
    command,
    args,
    env: { ...cleanEnvironment(), ...env },
    logFile: logFile(directory, name),
  });
  return { name, port, process: process_, healthPath, resetPath };
}

/** Real credentials and proxies have no business in an emulator. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^AWS_|_proxy$/i.test(name)));
}

async function ready({ directory }: CloudPlace, emulator: RunningEmulator): Promise<void> {
  const answers = await until(async () => (await isHealthy(emulator)) || !isRunning(emulator.process), 60_000);
  if (answers && isRunning(emulator.process)) return;
  const log = readFileSync(logFile(directory, emulator.name), "utf8").trimEnd().split("\n").slice(-10).join("\n");
  throw new Error(`${emulator.name} did not start; the end of its log:\n${log}`);
}

function kubernetesDirectory({ directory }: CloudPlace): string {
  return join(directory, "kubernetes");
}

function logFile(directory: string, name: string): string {
  return join(directory, `${name}.log`);
}

function recordFile({ directory }: CloudPlace): string {
  return join(directory, "cloud.json");
}

function remember(place: CloudPlace, record: CloudRecord): void {
  // Written beside and moved over: a reader sees the old record or the new one, never half of one.
  writeFileSync(`${recordFile(place)}.new`, JSON.stringify(record, undefined, 2));
  renameSync(`${recordFile(place)}.new`, recordFile(place));
}

function recall(place: CloudPlace): CloudRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(place), "utf8")) as CloudRecord;
  } catch {
    return undefined;
  }
}
