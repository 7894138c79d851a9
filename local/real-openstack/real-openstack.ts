import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { cacheDirectory, packageDirectory } from "@groundwork/tooling/paths";
import { waitUntil } from "@groundwork/tooling/polling";
import { run } from "@groundwork/tooling/process/run";
import { type Credentials, OpenStackApi } from "./api";
import { configurationFiles, copiedFiles } from "./configuration";
import { ADMINISTRATOR, createDatabaseFiles, createDatabases, isDatabaseReady, updateAddresses } from "./databases";
import { ensurePackages } from "./packages";
import { authUrl, createPlan, dataDirectory, HYPERVISORS, type Plan } from "./plan";
import { Processes, stopProcesses } from "./processes";
import {
  databaseProgram,
  epmdProgram,
  keystoneProgram,
  messagingProgram,
  servicePrograms,
  writeLaunchers,
} from "./programs";
import { ensure, ensureMember, LOAD_BALANCER_ROLE, seedCloud, seedIdentity, waitForHosts } from "./seed";

/** Our drivers, and sources whose change invalidates the cached databases. */
const DRIVERS = join(packageDirectory(__dirname), "real-openstack/python");
const SOURCES = ["configuration", "databases", "seed"].map((name) => join(__dirname, name + extname(__filename)));

const MINUTE = 60_000;

export interface RealOpenStackProps {
  /** Directory of configuration, sockets and logs; emptied at the start. Its path is limited to about 90 bytes. */
  readonly directory: string;
  /** Receives progress, one line each. */
  readonly log: (line: string) => void;
  /** Ends the start early. @default - nothing ends it */
  readonly abort?: AbortSignal | undefined;
}

/** Quotas of a project that differ from the defaults of a new one. Memory is in MiB, volumes in GiB. */
export interface Quotas {
  readonly cores?: number;
  readonly ram?: number;
  readonly gigabytes?: number;
}

/** A project of the cloud. */
export interface ProjectProps {
  readonly name: string;
  /** Whether its user may create load balancers. */
  readonly loadBalancers?: boolean;
  /** @default - those of a new project */
  readonly quotas?: Quotas;
}

/**
 * A real OpenStack on 127.0.0.1: Keystone, Glance, Placement, Nova, Neutron, Cinder and Octavia of Debian 12 (Zed), with drivers that
 * need no hypervisor. Every request is checked by the real services; machines, packets and volumes do not exist.
 *
 * The first start downloads and unpacks the packages and creates the databases; later starts use the cache and take a minute. Three
 * gigabytes of memory.
 */
export class RealOpenStack {
  /** Starts OpenStack with empty projects. */
  static async start({ directory, log, abort }: RealOpenStackProps): Promise<RealOpenStack> {
    const packages = await ensurePackages(log, abort);
    await stopRealOpenStack(directory);
    const archive = await ensureData(packages, directory, log, abort);
    const plan = await preparePlan(packages, directory);
    try {
      await run({ command: "tar", args: ["-xzf", archive, "-C", directory], abort });
      const processes = await startBase(plan, log, abort);
      await updateAddresses(plan);
      const administrator = await startServices(plan, processes, abort);
      return new RealOpenStack(authUrl(plan), administrator);
    } catch (error) {
      await stopProcesses(directory);
      throw error;
    }
  }

  /** Connects to an OpenStack that another process has started. */
  static async connect(authUrl: string): Promise<RealOpenStack> {
    return new RealOpenStack(authUrl, await OpenStackApi.logIn(authUrl, ADMINISTRATOR));
  }

  private constructor(
    /** URL of the identity service. */
    readonly authUrl: string,
    /** An administrator of the cloud. */
    readonly administrator: OpenStackApi,
  ) {}

  /** Creates a project with a user who is an ordinary member of it. */
  async createProject({ name, loadBalancers = false, quotas = {} }: ProjectProps): Promise<Credentials> {
    const { administrator: api } = this;
    const project = await ensure(api, "projects", "project", name, { domain_id: "default" });
    const roles = ["member", ...(loadBalancers ? [LOAD_BALANCER_ROLE] : [])];
    const credentials = { userName: name, password: name, projectName: name };
    await ensureMember(api, project, name, credentials.password, roles);
    const { gigabytes, ...compute } = quotas;
    if (Object.keys(compute).length > 0)
      await api.call("PUT", "compute", `/os-quota-sets/${project}`, { quota_set: compute });
    if (gigabytes !== undefined)
      await api.call("PUT", "volumev3", `/os-quota-sets/${project}`, { quota_set: { gigabytes } });
    return credentials;
  }
}

/** Stops the OpenStack of a directory, also one whose starter was killed. */
export async function stopRealOpenStack(directory: string): Promise<void> {
  await stopProcesses(directory);
}

/** The cached databases, created unless they exist: four minutes on two cores. */
async function ensureData(
  packages: string,
  directory: string,
  log: (line: string) => void,
  abort?: AbortSignal,
): Promise<string> {
  const file = cacheDirectory(`openstack-data-${dataKey(packages)}.tar.gz`);
  if (existsSync(file)) return file;
  log("creating the databases of OpenStack (four minutes, once)");
  const plan = await preparePlan(packages, directory);
  mkdirSync(dataDirectory(plan), { recursive: true });
  for (const path of ["images", "tasks", "staging"]) mkdirSync(join(dataDirectory(plan), path));
  for (const path of ["fernet-keys", "credential-keys"]) mkdirSync(join(dataDirectory(plan), path), { mode: 0o700 });
  try {
    const steps = stepLog(plan);
    await createDatabaseFiles(plan, steps, abort);
    const processes = await startBase(plan, log, abort);
    await createDatabases(plan, steps, abort);
    await processes.start(keystoneProgram(plan));
    await seedIdentity(await logIn(plan, processes, abort), plan);
    log("creating the external network, flavors and images");
    const administrator = await startServices(plan, processes, abort, true);
    await seedCloud(administrator);
  } finally {
    await stopProcesses(directory);
  }
  // Renamed when complete, as every file of the cache.
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  await run({ command: "tar", args: ["-czf", draft, "-C", directory, "data"], abort });
  renameSync(draft, file);
  return file;
}

/** Empties the directory and writes the configuration for free ports. */
async function preparePlan(packages: string, directory: string): Promise<Plan> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const plan = await createPlan(packages, directory);
  for (const path of [
    "home",
    "state/neutron",
    "state/cinder",
    "state/rabbitmq",
    "locks/nova",
    "locks/neutron",
    "locks/cinder",
  ])
    mkdirSync(join(directory, path), { recursive: true });
  for (const host of HYPERVISORS) mkdirSync(join(directory, "state", host), { recursive: true });
  for (const [path, text] of Object.entries(configurationFiles(plan))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text, { mode: 0o600 });
  }
  for (const [from, to] of Object.entries(copiedFiles())) cpSync(join(packages, from), join(directory, to));
  writeLaunchers(plan);
  // A copy: Python writes compiled files next to the sources.
  cpSync(DRIVERS, join(directory, "python"), { recursive: true });
  return plan;
}

async function startBase(plan: Plan, log: (line: string) => void, abort?: AbortSignal): Promise<Processes> {
  const processes = new Processes(plan);
  log("starting MariaDB and RabbitMQ");
  for (const program of [epmdProgram(plan), messagingProgram(plan), databaseProgram(plan)])
    await processes.start(program);
  const isReady = async (): Promise<boolean> => {
    processes.check();
    return isDatabaseReady(plan);
  };
  if (!(await waitUntil(isReady, 2 * MINUTE, 200, abort)))
    throw new Error("the database of OpenStack does not respond");
  return processes;
}

/** Starts all services and waits until they respond; returns an administrator's client. */
async function startServices(
  plan: Plan,
  processes: Processes,
  abort: AbortSignal | undefined,
  isKeystoneRunning = false,
): Promise<OpenStackApi> {
  if (!isKeystoneRunning) await processes.start(keystoneProgram(plan));
  // Nova's conductor and scheduler end at once, without a message, when Keystone does not respond.
  const administrator = await logIn(plan, processes, abort);
  for (const program of servicePrograms(plan)) await processes.start(program);
  const paths = { image: "/v2/images", network: "/v2.0/networks", "load-balancer": "/v2/lbaas/loadbalancers" };
  for (const [service, path] of Object.entries(paths)) {
    const isReady = async (): Promise<boolean> => {
      processes.check();
      return responds(administrator, service, path);
    };
    if (!(await waitUntil(isReady, 5 * MINUTE, 500, abort)))
      throw new Error(`${service} of OpenStack does not respond`);
  }
  await waitForHosts(administrator, processes, abort);
  return administrator;
}

/** Waits for Keystone, whose first request takes up to half a minute, and logs in as the administrator. */
async function logIn(plan: Plan, processes: Processes, abort?: AbortSignal): Promise<OpenStackApi> {
  let api: OpenStackApi | undefined;
  const isReady = async (): Promise<boolean> => {
    processes.check();
    try {
      api = await OpenStackApi.logIn(authUrl(plan), ADMINISTRATOR);
    } catch {
      // It does not listen yet.
    }
    return api !== undefined;
  };
  if (!(await waitUntil(isReady, 3 * MINUTE, 500, abort)) || api === undefined)
    throw new Error("the identity service of OpenStack does not respond");
  return api;
}

async function responds(api: OpenStackApi, service: string, path: string): Promise<boolean> {
  try {
    return (await api.send("GET", service, path)).status < 500;
  } catch {
    return false;
  }
}

/** Appends the output of programs that create the databases to a file, which explains a failure. */
function stepLog({ directory }: Plan): (line: string) => void {
  mkdirSync(join(directory, "log"), { recursive: true });
  return (line) => {
    writeFileSync(join(directory, "log/databases.log"), `${line}\n`, { flag: "a" });
  };
}

/** Hash of all that the databases depend on. */
function dataKey(packages: string): string {
  const hash = createHash("sha256").update(packages);
  const drivers = readdirSync(DRIVERS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...SOURCES, ...drivers.sort()]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
