import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { shellWord } from "@groundwork/constructs/core/quoting";
import type { Address } from "@groundwork/local/aws/emulator";
import { type Cloud, DEFAULT_PORT, down, projectCloud, reset, status, up, variablesOf } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { requirePort } from "@groundwork/tooling/ports";
import { ensurePython } from "@groundwork/tooling/python";
import { requireTerraform } from "@groundwork/tooling/required-program";
import { interruptible } from "../program/interruptible";
import { type Io, printJson } from "../program/io";
import { missingParts, requestedParts, requireSettings } from "./parts";

/** Options of `groundwork local up`. */
export interface UpOptions {
  /** Parts that are not started. */
  readonly without: readonly Part[];
  readonly port?: number;
}

/** Runs `groundwork local up`. Returns the exit code. */
export function localUp({ without, port }: UpOptions, io: Io): Promise<number> {
  return interruptible(io, "interrupted; stopping the local cloud", async (abort) => {
    const directories = projectCloud();
    // Fails before anything is installed.
    requireTerraform();
    const parts = requestedParts(without);
    const running = await status(directories);
    if (running !== undefined) requireSettings(running, parts, port);
    else if (port !== undefined) await requirePort(port);
    await ensurePython(io.out, abort);
    const cloud =
      running ?? (await up(directories, { preferredPort: port ?? DEFAULT_PORT, parts, log: io.out, abort }));
    io.out(`the local cloud runs at ${cloud.endpoint}`);
    writeEnvironment(cloud, io);
    const missing = missingParts(cloud, without);
    if (missing !== undefined) io.err(missing);
    return missing === undefined ? 0 : 1;
  });
}

/** Runs `groundwork local down`. Returns the exit code. */
export async function localDown(io: Io): Promise<number> {
  await down(projectCloud());
  io.out("the local cloud is stopped");
  return 0;
}

/** Runs `groundwork local reset`. Returns the exit code. */
export async function localReset(io: Io): Promise<number> {
  const directories = projectCloud();
  if ((await status(directories)) === undefined)
    throw new Error("the local cloud is not running; start it: npx groundwork local up");
  await reset(directories);
  io.out("the local cloud is empty");
  // The Kubernetes API has been recreated with other credentials.
  const cloud = await status(directories);
  if (cloud !== undefined) writeEnvironment(cloud, io);
  return 0;
}

/** Runs `groundwork local status`. Returns the exit code. */
export async function localStatus({ json = false }: { readonly json?: boolean }, io: Io): Promise<number> {
  const cloud = await status(projectCloud());
  if (json) printJson(io, statusData(cloud));
  else if (cloud === undefined) io.out("the local cloud is not running");
  else {
    io.out(`the local cloud runs at ${cloud.endpoint}`);
    for (const { name, address, process } of cloud.emulators)
      io.out(`  ${name}: ${addressText(address)}, process ${process.pid}`);
    for (const { name, process } of cloud.kubernetes?.cluster.processes ?? [])
      io.out(`  ${name}: process ${process.pid}`);
    writeEnvironment(cloud, io);
  }
  return cloud === undefined ? 1 : 0;
}

function addressText(address: Address): string {
  return "port" in address ? `port ${address.port}` : `socket ${address.socketPath}`;
}

/** Without credentials: those are in the file of {@link writeEnvironment}. */
function statusData(cloud: Cloud | undefined): object {
  if (cloud === undefined) return { running: false };
  return {
    running: true,
    endpoint: cloud.endpoint,
    parts: {
      kubernetes: cloud.kubernetes !== undefined,
      openstack: cloud.openstack !== undefined,
    },
    emulators: cloud.emulators.map(({ name, address, process }) => ({ name, ...address, pid: process.pid })),
    environment: environmentFile(),
  };
}

/** Writes the environment variables for cdktf and kubectl to a file, because they contain credentials, and prints its name. */
function writeEnvironment(cloud: Cloud, io: Io): void {
  const file = environmentFile();
  const { endpoint, kubernetes } = cloud;
  const kubeconfig = kubernetes === undefined ? {} : { KUBECONFIG: kubernetes.cluster.kubeconfig };
  const variables = { TF_VAR_local_endpoint: endpoint, ...variablesOf(cloud), ...kubeconfig };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}\n`);
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  io.out(`before cdktf or kubectl: . ${shellWord(relative(process.cwd(), file))}`);
}

function environmentFile(): string {
  return join(projectCloud().directory, "environment.sh");
}
