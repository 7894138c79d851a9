import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, isHealthy, resetEmulator, type RunningEmulator } from "./aws/emulator";
import { gateway } from "./aws/gateway";
import { ministack } from "./aws/ministack";
import { moto } from "./aws/moto";
import { minimalEnvironment } from "./minimal-environment";
import { createPrivateDirectory } from "./private-directory";
import { downKubernetes, kubernetesAt, type LocalKubernetes, upKubernetes } from "./kubernetes/local-kubernetes";
import { type OpenStackConnection, openstackConnection } from "./openstack/connection";
import { openstackProcess } from "./openstack/emulator-process";
import { workDirectory } from "@groundwork/tooling/paths";
import { waitUntil } from "@groundwork/tooling/polling";
import { freePort } from "@groundwork/tooling/ports";
import { isRunning, startRecorded, stop } from "@groundwork/tooling/process/background";
import { ensureProviders } from "@groundwork/tooling/terraform/built-providers";
import { allInTurn, together } from "@groundwork/tooling/together";
import type { Part } from "./parts";
import { deleteLocalState } from "./terraform-state";

/** The port of the `local` environment. */
export const DEFAULT_PORT = 4566;

/** Directories of a local cloud. */
export interface CloudDirectories {
  /** Process ids, ports and logs. */
  readonly directory: string;
  /** Terraform's state files of the stacks in this cloud. They are deleted with the cloud, whose data is only in memory. */
  readonly stateDirectory: string;
}

/** A running local cloud. */
export interface Cloud {
  /** Differs from one start to the next: no data survives a stop. */
  readonly id: string;
  /** Endpoint of all AWS services. */
  readonly endpoint: string;
  readonly emulators: readonly RunningEmulator[];
  /** `undefined` if it was not requested, or if its programs can neither be downloaded nor built. */
  readonly kubernetes: LocalKubernetes | undefined;
  /** `undefined` if it was not requested, or if Terraform cannot install its providers. */
  readonly openstack: OpenStackConnection | undefined;
}

/** Settings of a start. */
export interface UpProps {
  /** @default - any free port */
  readonly preferredPort?: number;
  /** Parts to start in addition to AWS. @default - all */
  readonly parts?: readonly Part[];
  /** Receives the progress of long steps. @default - not reported */
  readonly log?: (line: string) => void;
  /** Ends the start: everything that it has started is stopped. @default - nothing ends it early */
  readonly abort?: AbortSignal;
}

/** The stored description of a cloud. */
interface CloudRecord extends Omit<Cloud, Part> {
  /** Sockets and temporary files of the emulators; `undefined` in the record of an older version. */
  readonly privateDirectory: string | undefined;
  /** Running parts in addition to AWS; `undefined` until all of them have started. */
  readonly parts: readonly Part[] | undefined;
}

/** The project's cloud: the one of the demo and of `groundwork local`. */
export function projectCloud(): CloudDirectories {
  const work = workDirectory();
  return { directory: join(work, "local"), stateDirectory: join(work, "state") };
}

/** The running cloud of the directories; `undefined` if it does not run or a part is missing. */
export async function status(directories: CloudDirectories): Promise<Cloud | undefined> {
  const record = readRecord(directories);
  if (record?.parts === undefined || !record.emulators.every(({ process }) => isRunning(process))) return undefined;
  if (!(await Promise.all(record.emulators.map(isHealthy))).every(Boolean)) return undefined;
  const cloud = await cloudOf(directories, record);
  return isComplete(cloud, record.parts) ? cloud : undefined;
}

/** Environment variables that connect Terraform to the parts of a cloud. */
export function variablesOf({ kubernetes, openstack }: Pick<Cloud, Part>): Readonly<Record<string, string>> {
  return { ...kubernetes?.env, ...openstack?.env };
}

/**
 * Starts a cloud, or returns the one that already runs.
 *
 * A new cloud is empty, so Terraform's state of the previous one is deleted. After a failed or aborted start no process remains.
 */
export async function up(directories: CloudDirectories, props: UpProps = {}): Promise<Cloud> {
  const running = await status(directories);
  if (running !== undefined) return running;
  await down(directories);

  mkdirSync(directories.directory, { recursive: true });
  try {
    const cloud = await start(directories, props);
    // No step was running that the abort could have ended.
    props.abort?.throwIfAborted();
    return cloud;
  } catch (error) {
    await down(directories);
    throw error;
  }
}

async function start(directories: CloudDirectories, props: UpProps): Promise<Cloud> {
  const { parts = ["kubernetes", "openstack"], preferredPort, log = () => undefined, abort } = props;
  // A part that cannot run here has been logged; in CI it is an error.
  const hasOpenstack = parts.includes("openstack") && (await ensureProviders(log, abort));
  const started = await startEmulators(directories, hasOpenstack, preferredPort);
  const { emulators, endpoint } = started;
  const [, hasKubernetes] = await together(abort, [
    async (signal) => {
      for (const emulator of emulators) await waitForEmulator(directories, emulator, signal);
    },
    async (signal) =>
      parts.includes("kubernetes") &&
      (await upKubernetes(kubernetesDirectory(directories), { log, abort: signal, endpoint })) !== undefined,
  ]);
  const available = { kubernetes: hasKubernetes, openstack: hasOpenstack };
  const record = { ...started, parts: parts.filter((part) => available[part]) };
  writeRecord(directories, record);
  return cloudOf(directories, record);
}

async function startEmulators(
  directories: CloudDirectories,
  hasOpenstack: boolean,
  preferredPort: number | undefined,
): Promise<CloudRecord> {
  const port = await freePort(preferredPort);
  const openstackPort = await freePort();
  const privateDirectory = createPrivateDirectory();
  const sockets = { moto: join(privateDirectory, "moto.sock"), ministack: join(privateDirectory, "ministack.sock") };
  const emulators = [
    moto(sockets.moto),
    ministack(sockets.ministack),
    gateway(port, sockets),
    ...(hasOpenstack ? [openstackProcess(openstackPort)] : []),
  ];
  const endpoint = `http://127.0.0.1:${port}`;
  let record: CloudRecord = { id: randomUUID(), endpoint, emulators: [], privateDirectory, parts: undefined };
  writeRecord(directories, record);
  for (const emulator of emulators) {
    await startEmulator(directories, privateDirectory, emulator, (running) => {
      record = { ...record, emulators: [...record.emulators, running] };
      // Written after every start, so that no process is orphaned if this one is ended in between.
      writeRecord(directories, record);
    });
  }
  return record;
}

async function cloudOf(directories: CloudDirectories, { id, endpoint, emulators }: CloudRecord): Promise<Cloud> {
  const address = emulators.find(({ name }) => name === "openstack")?.address;
  return {
    id,
    endpoint,
    emulators,
    kubernetes: kubernetesAt(kubernetesDirectory(directories)),
    openstack: address !== undefined && "port" in address ? await openstackConnection(address.port) : undefined,
  };
}

function isComplete(cloud: Cloud, parts: readonly Part[]): boolean {
  return parts.every((part) => cloud[part] !== undefined);
}

/** Stops a cloud and deletes Terraform's state of its stacks. A part that cannot be stopped does not keep the others running. */
export async function down(directories: CloudDirectories): Promise<void> {
  const record = readRecord(directories);
  await allInTurn([
    // The gateway first: clients then fail to connect instead of reaching a part of the cloud.
    ...[...(record?.emulators ?? [])].reverse().map(
      ({ process }) =>
        () =>
          stop(process),
    ),
    () => downKubernetes(kubernetesDirectory(directories)),
    () => {
      if (record?.privateDirectory !== undefined) rmSync(record.privateDirectory, { recursive: true, force: true });
    },
  ]);
  rmSync(recordFile(directories), { force: true });
  deleteLocalState(directories.stateDirectory);
}

/** Deletes all data of a cloud: emulators, gateway and Terraform's state together, since none is valid without the others. */
export async function reset(directories: CloudDirectories): Promise<void> {
  const cloud = await status(directories);
  for (const emulator of cloud?.emulators ?? []) await resetEmulator(emulator);
  if (cloud?.kubernetes !== undefined) {
    // An API server cannot be reset; a new one starts within seconds.
    await downKubernetes(kubernetesDirectory(directories));
    await upKubernetes(kubernetesDirectory(directories), { log: () => undefined, endpoint: cloud.endpoint });
  }
  deleteLocalState(directories.stateDirectory);
}

async function startEmulator(
  { directory }: CloudDirectories,
  privateDirectory: string,
  emulator: Emulator,
  record: (running: RunningEmulator) => void,
): Promise<void> {
  const { name, command, args, env, address, healthPath, resetPath } = emulator;
  await startRecorded(
    { command, args, env: { ...minimalEnvironment(privateDirectory), ...env }, logFile: logFile(directory, name) },
    (process) => {
      record({ name, address, process, healthPath, resetPath });
    },
  );
}

async function waitForEmulator(
  { directory }: CloudDirectories,
  emulator: RunningEmulator,
  abort: AbortSignal,
): Promise<void> {
  const isDecided = async () => (await isHealthy(emulator)) || !isRunning(emulator.process);
  if ((await waitUntil(isDecided, 60_000, 50, abort)) && isRunning(emulator.process)) return;
  const log = readFileSync(logFile(directory, emulator.name), "utf8").trimEnd().split("\n").slice(-10).join("\n");
  throw new Error(`${emulator.name} did not start; the end of its log:\n${log}`);
}

function kubernetesDirectory({ directory }: CloudDirectories): string {
  return join(directory, "kubernetes");
}

function logFile(directory: string, name: string): string {
  return join(directory, `${name}.log`);
}

function recordFile({ directory }: CloudDirectories): string {
  return join(directory, "cloud.json");
}

function writeRecord(directories: CloudDirectories, record: CloudRecord): void {
  // Renaming is atomic: a reader gets the old record or the new one, never a part of it.
  writeFileSync(`${recordFile(directories)}.new`, JSON.stringify(record, undefined, 2));
  renameSync(`${recordFile(directories)}.new`, recordFile(directories));
}

function readRecord(directories: CloudDirectories): CloudRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(directories), "utf8")) as CloudRecord;
  } catch {
    return undefined;
  }
}
