import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { exitCode, run } from "@groundwork/tooling/process/run";
import { authUrl, catalog, dataDirectory, databaseSocket, databaseUrl, messageUrl, type Plan, REGION } from "./plan";
import { configArgs, type Program, programEnvironment, pythonScript } from "./programs";

const DATABASES = ["keystone", "glance", "placement", "nova_api", "nova", "nova_cell0", "neutron", "cinder", "octavia"];

/** The first administrator. */
export const ADMINISTRATOR = { userName: "admin", password: "admin", projectName: "admin" } as const;

/** Creates the files of an empty database server. */
export async function createDatabaseFiles(plan: Plan, log: (line: string) => void, abort?: AbortSignal): Promise<void> {
  const { packages } = plan;
  const directory = join(dataDirectory(plan), "mariadb");
  mkdirSync(directory, { recursive: true });
  await run({
    command: join(packages, "usr/bin/mariadb-install-db"),
    args: [
      "--no-defaults",
      `--basedir=${join(packages, "usr")}`,
      `--datadir=${directory}`,
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
    ],
    env: programEnvironment(plan),
    onLine: log,
    abort,
  });
}

/** Whether the database server responds. */
export async function isDatabaseReady(plan: Plan): Promise<boolean> {
  return (await client(plan, "select 1", () => undefined)) === 0;
}

/** Executes SQL statements. */
export async function executeSql(plan: Plan, statements: readonly string[]): Promise<void> {
  const errors: string[] = [];
  const code = await client(plan, statements.map((statement) => `${statement};`).join("\n"), (line) =>
    errors.push(line),
  );
  if (code !== 0) throw new Error(`MariaDB rejected a statement: ${errors.join("\n")}`);
}

/** Creates the databases with their tables, Keystone's keys and the first administrator: two minutes on two idle cores. */
export async function createDatabases(plan: Plan, log: (line: string) => void, abort?: AbortSignal): Promise<void> {
  await executeSql(
    plan,
    DATABASES.map((name) => `create database ${name} character set utf8mb3`),
  );
  // A failure in one chain ends the other.
  const failure = new AbortController();
  const signal = abort === undefined ? failure.signal : AbortSignal.any([abort, failure.signal]);
  const execute = async (programs: readonly Program[]): Promise<void> => {
    for (const { command, args } of programs)
      await run({ command, args, env: programEnvironment(plan), onLine: log, abort: signal });
  };
  // Two chains, for two cores.
  const chains = [execute([...keystoneSteps(plan), ...smallSteps(plan)]), execute(largeSteps(plan))];
  try {
    await Promise.all(chains);
  } catch (error) {
    failure.abort(error);
    await Promise.allSettled(chains);
    throw error;
  }
}

/** Writes the addresses of this start into databases that were created with others. */
export async function updateAddresses(plan: Plan): Promise<void> {
  const text = (value: string): string => `'${value}'`;
  await executeSql(plan, [
    ...catalog(plan).map(
      ({ type, url }) =>
        `update keystone.endpoint join keystone.service on service.id = endpoint.service_id set endpoint.url = ${text(url)} where service.type = ${text(type)}`,
    ),
    `update nova_api.cell_mappings set database_connection = ${text(databaseUrl(plan, "nova_cell0"))} where name = 'cell0'`,
    `update nova_api.cell_mappings set database_connection = ${text(databaseUrl(plan, "nova"))}, transport_url = ${text(messageUrl(plan))} where name = 'cell1'`,
  ]);
}

function keystoneSteps(plan: Plan): readonly Program[] {
  const manage = (...args: readonly string[]): Program =>
    pythonScript(plan, "keystone-manage", [...configArgs(plan, ["etc/keystone/keystone.conf"]), ...args]);
  const { userName, password, projectName } = ADMINISTRATOR;
  const owner = ["--keystone-user", String(process.getuid?.()), "--keystone-group", String(process.getgid?.())];
  return [
    manage("db_sync"),
    manage("fernet_setup", ...owner),
    manage("credential_setup", ...owner),
    manage(
      "bootstrap",
      ...["--bootstrap-username", userName, "--bootstrap-password", password],
      ...["--bootstrap-project-name", projectName, "--bootstrap-role-name", "admin"],
      ...["--bootstrap-service-name", "keystone", "--bootstrap-region-id", REGION],
      ...["public", "internal", "admin"].flatMap((kind) => [`--bootstrap-${kind}-url`, authUrl(plan)]),
    ),
  ];
}

function smallSteps(plan: Plan): readonly Program[] {
  const manage = (name: string, config: string, ...args: readonly string[]): Program =>
    pythonScript(plan, name, [...configArgs(plan, [config]), ...args]);
  return [
    manage("glance-manage", "etc/glance/glance-api.conf", "db_sync"),
    manage("placement-manage", "etc/placement/placement.conf", "db", "sync"),
    manage("cinder-manage", "etc/cinder/cinder.conf", "db", "sync"),
    manage("octavia-db-manage", "etc/octavia/octavia.conf", "upgrade", "head"),
  ];
}

function largeSteps(plan: Plan): readonly Program[] {
  const nova = (...args: readonly string[]): Program =>
    pythonScript(plan, "nova-manage", [...configArgs(plan, ["etc/nova/nova.conf"]), ...args]);
  const neutron = configArgs(plan, ["etc/neutron/neutron.conf", "etc/neutron/ml2.ini"]);
  return [
    nova("api_db", "sync"),
    nova("cell_v2", "map_cell0", "--database_connection", databaseUrl(plan, "nova_cell0")),
    nova("db", "sync"),
    nova("cell_v2", "create_cell", "--name", "cell1"),
    pythonScript(plan, "neutron-db-manage", [...neutron, "upgrade", "heads"]),
  ];
}

function client(plan: Plan, input: string, onLine: (line: string) => void): Promise<number | null> {
  return exitCode({
    command: join(plan.packages, "usr/bin/mariadb"),
    args: ["--no-defaults", `--socket=${databaseSocket(plan)}`, "--user=root"],
    env: programEnvironment(plan),
    input,
    onLine,
  });
}
