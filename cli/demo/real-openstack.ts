import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudDirectories } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import type { Credentials } from "@groundwork/local/real-openstack/api";
import { RealOpenStack, stopRealOpenStack } from "@groundwork/local/real-openstack/real-openstack";
import { type Unsupported, unsupportedSystem } from "@groundwork/local/real-openstack/system";
import { issueV3Token, type ProjectToken } from "@groundwork/tooling/keystone-v3";

/** The stack that is applied to a real OpenStack. */
export const REAL_STACK = "openstack";

/** File with the description of a running OpenStack. */
const RECORD = "real-openstack.json";

/** A real OpenStack of the demo, with a project that has the quotas of a new one. */
export interface DemoOpenStack {
  /** URL of the identity service. */
  readonly authUrl: string;
  readonly credentials: Credentials;
  /** Configuration, sockets and logs. In the temporary directory, because paths of sockets are limited. */
  readonly directory: string;
}

/** Throws when a real OpenStack cannot be used: on another system, or without the part of the cloud that it belongs to. */
export function requireRealOpenStack(
  without: readonly Part[],
  unsupported: Unsupported | undefined = unsupportedSystem(),
): void {
  if (unsupported !== undefined)
    throw new Error("a real OpenStack runs on Debian 12 only; omit --real-openstack to deploy to the emulator");
  if (without.includes("openstack"))
    throw new Error("--real-openstack and --without openstack exclude each other; omit one of them");
}

/** Starts OpenStack and records it, so that a later command finds and stops it. */
export async function startRealOpenStack(
  directories: CloudDirectories,
  log: (line: string) => void,
  abort: AbortSignal,
): Promise<DemoOpenStack> {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-"));
  // Before the start, so that processes of an interrupted start are found.
  const started: DemoOpenStack = {
    directory,
    authUrl: "",
    credentials: { userName: "", password: "", projectName: "" },
  };
  write(directories, started);
  const cloud = await RealOpenStack.start({ directory, log, abort });
  const credentials = await cloud.createProject({ name: "local" });
  const running = { directory, authUrl: cloud.authUrl, credentials };
  write(directories, running);
  return running;
}

/** The OpenStack that an earlier demo has left running; undefined without one. */
export async function findRealOpenStack(directories: CloudDirectories): Promise<DemoOpenStack | undefined> {
  const record = read(directories);
  if (record === undefined || record.authUrl === "") return undefined;
  try {
    await tokenOf(record);
    return record;
  } catch {
    return undefined;
  }
}

/** Stops the recorded OpenStack, if there is one. */
export async function stopRecordedOpenStack(directories: CloudDirectories): Promise<void> {
  const record = read(directories);
  if (record === undefined) return;
  await stopRealOpenStack(record.directory);
  rmSync(record.directory, { recursive: true, force: true });
  rmSync(join(directories.directory, RECORD), { force: true });
}

/** Environment variables that connect Terraform to it. */
export function variablesOfReal({ authUrl, credentials }: DemoOpenStack): Readonly<Record<string, string>> {
  return {
    TF_VAR_local_openstack_auth_url: authUrl,
    OS_USERNAME: credentials.userName,
    OS_PASSWORD: credentials.password,
    OS_PROJECT_NAME: credentials.projectName,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
  };
}

/** A token for the project. */
export function tokenOf({
  authUrl,
  credentials,
}: Pick<DemoOpenStack, "authUrl" | "credentials">): Promise<ProjectToken> {
  return issueV3Token({
    type: "password",
    authUrl,
    user: { name: credentials.userName },
    userDomain: { name: "Default" },
    password: credentials.password,
    project: { name: credentials.projectName },
    projectDomain: { name: "Default" },
  });
}

function write({ directory }: CloudDirectories, record: DemoOpenStack): void {
  writeFileSync(join(directory, RECORD), JSON.stringify(record), { mode: 0o600 });
}

function read({ directory }: CloudDirectories): DemoOpenStack | undefined {
  const file = join(directory, RECORD);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as DemoOpenStack) : undefined;
}
