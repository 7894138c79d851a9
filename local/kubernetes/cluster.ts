import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toYaml } from "@groundwork/constructs/kubernetes/manifests";
import { freePort } from "@groundwork/tooling/ports";
import { isRunning, type ProcessIdentity, startRecorded, stop } from "@groundwork/tooling/process/background";
import { waitUntil } from "@groundwork/tooling/polling";
import { allInTurn } from "@groundwork/tooling/together";
import { minimalEnvironment } from "../minimal-environment";
import { createPrivateDirectory } from "../private-directory";
import { type ApiAccess, KubernetesApi } from "./api";
import { kubeconfig } from "./kubeconfig";
import { areNodesReady, createNodes } from "./nodes";
import { type ClusterPlan, egressConfiguration, egressFile, programArguments } from "./program-arguments";
import type { Program, Programs } from "./tools";

/** A running local cluster. */
export interface Cluster {
  /** Differs from one start to the next: no data survives a stop. */
  readonly id: string;
  readonly server: string;
  readonly token: string;
  /** File with the server's certificate. */
  readonly certificateFile: string;
  /** File for kubectl: `KUBECONFIG=…`. */
  readonly kubeconfig: string;
  /** Sockets and temporary files of the programs; `undefined` in the record of an older version. */
  readonly privateDirectory: string | undefined;
  /** In start order. */
  readonly processes: readonly { readonly name: Program; readonly process: ProcessIdentity }[];
}

/** Number of processes of a complete cluster. */
const PROCESSES = 5;

/** The running cluster of a directory; `undefined` if it does not run or a process is missing. */
export function clusterAt(directory: string): Cluster | undefined {
  const cluster = readRecord(directory);
  return cluster?.processes.length === PROCESSES && cluster.processes.every(({ process }) => isRunning(process))
    ? cluster
    : undefined;
}

/** Connection to the API server of a cluster. */
export function accessTo({ server, token, certificateFile }: Cluster): ApiAccess {
  return { server, token, certificate: readFileSync(certificateFile, "utf8") };
}

/**
 * Starts a cluster in a directory, or returns the one that already runs: a real API server with controllers, and three nodes
 * in three zones that simulate the pods scheduled to them. A new cluster is empty. After a failed or aborted start no process remains.
 */
export async function startCluster(directory: string, programs: Programs, abort?: AbortSignal): Promise<Cluster> {
  const running = clusterAt(directory);
  if (running !== undefined) return running;
  await stopCluster(directory);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "certs"), { recursive: true });
  try {
    return await start(await plan(directory, programs), abort);
  } catch (error) {
    await stopCluster(directory);
    throw error;
  }
}

/** Stops the cluster of a directory in reverse start order: an API server without etcd does not end on SIGTERM. */
export async function stopCluster(directory: string): Promise<void> {
  const record = readRecord(directory);
  await allInTurn([
    ...[...(record?.processes ?? [])].reverse().map(
      ({ process }) =>
        () =>
          stop(process, 15_000),
    ),
    () => {
      if (record?.privateDirectory !== undefined) rmSync(record.privateDirectory, { recursive: true, force: true });
    },
  ]);
  rmSync(recordFile(directory), { force: true });
}

async function plan(directory: string, programs: Programs): Promise<ClusterPlan> {
  const port = await freePort();
  return { directory, programs, port, privateDirectory: createPrivateDirectory(), token: randomUUID() };
}

async function start(plan: ClusterPlan, abort: AbortSignal | undefined): Promise<Cluster> {
  const { directory, port, privateDirectory, token } = plan;
  let cluster: Cluster = {
    id: randomUUID(),
    server: `https://127.0.0.1:${port}`,
    token,
    certificateFile: join(directory, "certs/apiserver.crt"),
    kubeconfig: join(directory, "kubeconfig"),
    privateDirectory,
    processes: [],
  };
  writeRecord(directory, cluster);
  writeSecrets(plan);
  writeFileSync(egressFile(plan), toYaml(egressConfiguration(plan)));
  const startProgram = async (name: Program): Promise<void> => {
    const logFile = join(directory, `${name}.log`);
    const env = minimalEnvironment(privateDirectory);
    const command = { command: plan.programs[name], args: programArguments(name, plan), env, logFile };
    await startRecorded(command, (process) => {
      cluster = { ...cluster, processes: [...cluster.processes, { name, process }] };
      // Written after every start, so that no process is orphaned if this one is ended in between.
      writeRecord(directory, cluster);
    });
  };
  await startProgram("etcd");
  await startProgram("kube-apiserver");
  await waitForServer(cluster, directory, abort);
  writeFileSync(cluster.kubeconfig, kubeconfig(accessTo(cluster)), { mode: 0o600 });
  for (const name of ["kube-controller-manager", "kube-scheduler", "kwok"] as const) await startProgram(name);
  await waitForNodes(cluster, directory, abort);
  return cluster;
}

async function waitForServer(cluster: Cluster, directory: string, abort: AbortSignal | undefined): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    try {
      const api = new KubernetesApi(accessTo(cluster));
      const ready = await api.isReady();
      api.close();
      return ready;
    } catch {
      // The server has not written its certificate yet.
      return false;
    }
  };
  const isAlive = (): boolean => cluster.processes.every(({ process }) => isRunning(process));
  await waitUntil(async () => (await isReady()) || !isAlive(), 120_000, 50, abort);
  if (await isReady()) return;
  const logs = ["etcd", "kube-apiserver"].map((name) => endOfLog(directory, name));
  throw new Error(`the API server did not start; ${logs.join("\n")}`);
}

function endOfLog(directory: string, name: string): string {
  const log = readFileSync(join(directory, `${name}.log`), "utf8");
  return `the end of the log of ${name}:\n${log.trimEnd().split("\n").slice(-8).join("\n")}`;
}

async function waitForNodes(cluster: Cluster, directory: string, abort: AbortSignal | undefined): Promise<void> {
  const api = new KubernetesApi(accessTo(cluster));
  try {
    await createNodes(api);
    const account = { apiVersion: "v1", plural: "serviceaccounts", namespace: "default" };
    const ready = await waitUntil(
      async () => {
        const ended = cluster.processes.find(({ process }) => !isRunning(process));
        if (ended !== undefined) throw new Error(`${ended.name} has ended; ${endOfLog(directory, ended.name)}`);
        return (await areNodesReady(api)) && (await api.get(account, "default")) !== undefined;
      },
      120_000,
      200,
      abort,
    );
    if (!ready) throw new Error("the nodes of the local cluster did not become ready");
  } finally {
    api.close();
  }
}

/** Writes the key that signs and verifies service account tokens, and the administrator's token. */
function writeSecrets({ directory, token }: ClusterPlan): void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" });
  writeFileSync(join(directory, "sa.key"), pem, { mode: 0o600 });
  writeFileSync(join(directory, "tokens.csv"), `${token},admin,1,system:masters\n`, { mode: 0o600 });
}

function recordFile(directory: string): string {
  return join(directory, "cluster.json");
}

function writeRecord(directory: string, cluster: Cluster): void {
  writeFileSync(`${recordFile(directory)}.new`, JSON.stringify(cluster, undefined, 2), { mode: 0o600 });
  renameSync(`${recordFile(directory)}.new`, recordFile(directory));
}

function readRecord(directory: string): Cluster | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(directory), "utf8")) as Cluster;
  } catch {
    return undefined;
  }
}
