import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory, databaseSocket, HYPERVISORS, type Plan, type Service } from "./plan";

/** A process of OpenStack. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Services whose API runs in uWSGI: their script in the packages, and arguments of the application. */
const WEB: Readonly<Partial<Record<Service, { readonly script: string; readonly config?: string }>>> = {
  keystone: { script: "keystone-wsgi-public" },
  glance: { script: "glance-wsgi-api" },
  placement: { script: "placement-api" },
  nova: { script: "nova-api-wsgi" },
  cinder: { script: "cinder-wsgi", config: "etc/cinder/cinder.conf" },
  octavia: { script: "octavia-wsgi", config: "etc/octavia/octavia.conf" },
};

/** Processes without an API: the module of their `main`, and their configuration. */
const DAEMONS: Readonly<Record<string, { readonly module: string; readonly configs: readonly string[] }>> = {
  "nova-conductor": { module: "nova.cmd.conductor", configs: ["etc/nova/nova.conf"] },
  "nova-scheduler": { module: "nova.cmd.scheduler", configs: ["etc/nova/nova.conf"] },
  ...Object.fromEntries(
    HYPERVISORS.map((host) => [
      `nova-${host}`,
      { module: "nova.cmd.compute", configs: ["etc/nova/nova.conf", `etc/nova/${host}.conf`] },
    ]),
  ),
  "cinder-scheduler": { module: "cinder.cmd.scheduler", configs: ["etc/cinder/cinder.conf"] },
  "cinder-volume": { module: "cinder.cmd.volume", configs: ["etc/cinder/cinder.conf"] },
};

/** The identity service: all others need it to start. */
export function keystoneProgram(plan: Plan): Program {
  return webProgram(plan, "keystone");
}

/** All other services. */
export function servicePrograms(plan: Plan): readonly Program[] {
  const web = (Object.keys(WEB) as Service[]).filter((service) => service !== "keystone");
  return [
    script(plan, "neutron", join(plan.packages, "usr/bin/neutron-server"), [
      ...configArgs(plan, ["etc/neutron/neutron.conf", "etc/neutron/ml2.ini"]),
    ]),
    ...web.map((service) => webProgram(plan, service)),
    ...Object.entries(DAEMONS).map(([name, { configs }]) =>
      script(plan, name, join(plan.directory, "bin", name), configArgs(plan, configs)),
    ),
  ];
}

export function databaseProgram(plan: Plan): Program {
  return {
    name: "mariadb",
    command: join(plan.packages, "usr/sbin/mariadbd"),
    args: [
      "--no-defaults",
      `--basedir=${join(plan.packages, "usr")}`,
      `--datadir=${join(dataDirectory(plan), "mariadb")}`,
      `--socket=${databaseSocket(plan)}`,
      `--pid-file=${join(plan.directory, "mariadb.pid")}`,
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
      "--skip-networking",
      "--character-set-server=utf8mb3",
      "--max-connections=400",
      "--innodb-buffer-pool-size=256M",
      // The data is copied for each start, so nothing has to survive a crash.
      "--skip-log-bin",
      "--innodb-doublewrite=0",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-flush-method=nosync",
    ],
  };
}

/** Registry of Erlang nodes, without which RabbitMQ does not start. It is started here because RabbitMQ's own would outlive it. */
export function epmdProgram({ packages, ports }: Plan): Program {
  const command = join(packages, "usr/bin/epmd");
  return { name: "epmd", command, args: ["-address", "127.0.0.1", "-port", String(ports.epmd)] };
}

export function messagingProgram({ packages }: Plan): Program {
  const server = "usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server";
  return { name: "rabbitmq", command: join(packages, server), args: [] };
}

/** A program of the packages that is written in Python and runs to its end, such as `nova-manage`. */
export function pythonScript(plan: Plan, name: string, args: readonly string[]): Program {
  return script(plan, name, join(plan.packages, "usr/bin", name), args);
}

/** Environment of all programs: nothing of the user's except the time zone and the language of messages. */
export function programEnvironment(plan: Plan): NodeJS.ProcessEnv {
  const { packages, directory, ports } = plan;
  const etc = (service: string) => join(directory, "etc", service);
  return {
    PATH: [join(directory, "bin"), "/usr/sbin", "/usr/bin", "/sbin", "/bin"].join(":"),
    HOME: join(directory, "home"),
    LC_ALL: "C.UTF-8",
    LD_LIBRARY_PATH: ["usr/lib", "lib"].map((path) => join(packages, path, libraryTriplet())).join(":"),
    PYTHONHOME: join(packages, "usr"),
    PYTHONPATH: [join(directory, "python"), join(packages, "usr/lib/python3/dist-packages")].join(":"),
    PYTHONNOUSERSITE: "1",
    OS_KEYSTONE_CONFIG_DIR: etc("keystone"),
    OS_GLANCE_CONFIG_DIR: etc("glance"),
    OS_PLACEMENT_CONFIG_DIR: etc("placement"),
    OS_NOVA_CONFIG_DIR: etc("nova"),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: String(ports.epmd),
    // Replaces the shell as its process, so that a signal reaches the server.
    RABBITMQ_ALLOW_INPUT: "yes",
    RABBITMQ_NODENAME: "groundwork@localhost",
    RABBITMQ_MNESIA_BASE: join(directory, "state/rabbitmq"),
    RABBITMQ_LOG_BASE: join(directory, "log"),
    RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.erlang),
    RABBITMQ_CONFIG_FILE: join(directory, "etc/rabbitmq"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, "etc/enabled_plugins"),
    // Without busy waiting, which would use a core.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      "-noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
  };
}

/** Writes the programs that the packages lack: launchers of daemons whose packages need libvirt, and Erlang outside of /usr. */
export function writeLaunchers(plan: Plan): void {
  const bin = join(plan.directory, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, { module }] of Object.entries(DAEMONS))
    writeFileSync(join(bin, name), `import sys\n\nfrom ${module} import main\n\nsys.exit(main())\n`);
  const root = join(plan.packages, "usr/lib/erlang");
  const erl = [
    "#!/bin/sh",
    `export ROOTDIR=${root} BINDIR=${root}/erts-13.1.5/bin EMU=beam PROGNAME=erl`,
    'exec "$BINDIR/erlexec" "$@"',
    "",
  ];
  writeFileSync(join(bin, "erl"), erl.join("\n"));
  chmodSync(join(bin, "erl"), 0o755);
}

function webProgram(plan: Plan, service: Service): Program {
  const { packages, directory, ports } = plan;
  const { script: file = "", config } = WEB[service] ?? {};
  return {
    name: service,
    command: join(packages, "usr/bin/uwsgi-core"),
    args: [
      `--plugins-dir=${join(packages, "usr/lib/uwsgi/plugins")}`,
      "--plugin=python311",
      "--master",
      `--http-socket=127.0.0.1:${ports[service]}`,
      // Requests of the services to each other go through these two; a single process would wait for itself.
      `--processes=${service === "keystone" || service === "nova" ? 2 : 1}`,
      "--threads=1",
      // The drivers of load balancers confirm in threads of their own.
      "--enable-threads",
      "--lazy-apps",
      "--thunder-lock",
      "--buffer-size=65535",
      "--post-buffering=65536",
      // As in Debian's services: two such headers make clients reset the connection.
      "--rem-header=Content-Length",
      "--no-orphans",
      "--die-on-term",
      "--need-app",
      "--disable-logging",
      `--wsgi-file=${join(packages, "usr/bin", file)}`,
      ...(config === undefined ? [] : [`--pyargv=--config-file ${join(directory, config)}`]),
    ],
  };
}

function script({ packages }: Plan, name: string, file: string, args: readonly string[]): Program {
  return { name, command: join(packages, "usr/bin/python3.11"), args: [file, ...args] };
}

/** Arguments that select configuration files. */
export function configArgs({ directory }: Plan, files: readonly string[]): readonly string[] {
  return files.flatMap((file) => ["--config-file", join(directory, file)]);
}

function libraryTriplet(): string {
  return process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}
