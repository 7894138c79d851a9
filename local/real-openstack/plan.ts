import { join } from "node:path";
import { freePort } from "@groundwork/tooling/ports";

/** Listeners of OpenStack, each on a port of 127.0.0.1. The database listens on a socket only. */
const LISTENERS = [
  "keystone",
  "glance",
  "placement",
  "nova",
  "neutron",
  "cinder",
  "octavia",
  "amqp",
  "erlang",
  "epmd",
] as const;
export type Listener = (typeof LISTENERS)[number];

/** Services with an API. */
export type Service = Exclude<Listener, "amqp" | "erlang" | "epmd">;

/** Hypervisors. Three control planes with anti-affinity need three of them. */
export const HYPERVISORS = ["compute1", "compute2", "compute3"] as const;

export const REGION = "RegionOne";

/** Directories and ports of one running OpenStack. */
export interface Plan {
  /** Directory of the unpacked packages. */
  readonly packages: string;
  /** Directory of this OpenStack: configuration, sockets, logs. */
  readonly directory: string;
  readonly ports: Readonly<Record<Listener, number>>;
}

/** A plan with free ports. */
export async function createPlan(packages: string, directory: string): Promise<Plan> {
  const chosen = new Set<number>();
  const ports: Partial<Record<Listener, number>> = {};
  for (const listener of LISTENERS) {
    let port = await freePort();
    while (chosen.has(port)) port = await freePort();
    chosen.add(port);
    ports[listener] = port;
  }
  return { packages, directory, ports: ports as Plan["ports"] };
}

/** Databases, keys and images: the part of a running OpenStack that is kept in the cache. */
export function dataDirectory({ directory }: Plan): string {
  return join(directory, "data");
}

/** Socket of the database. Its path is limited to 107 bytes. */
export function databaseSocket({ directory }: Plan): string {
  return join(directory, "mariadb.sock");
}

export function databaseUrl(plan: Plan, database: string): string {
  return `mysql+pymysql://root@localhost/${database}?charset=utf8&unix_socket=${databaseSocket(plan)}`;
}

export function messageUrl({ ports }: Plan): string {
  return `rabbit://guest:guest@127.0.0.1:${ports.amqp}/`;
}

/** Base URL of a service. */
export function serviceUrl({ ports }: Plan, service: Service): string {
  return `http://127.0.0.1:${ports[service]}`;
}

/** URL of the identity service. */
export function authUrl(plan: Plan): string {
  return `${serviceUrl(plan, "keystone")}/v3`;
}

/** Entries of the service catalog. */
export function catalog(plan: Plan): readonly { readonly name: string; readonly type: string; readonly url: string }[] {
  return [
    { name: "keystone", type: "identity", url: authUrl(plan) },
    { name: "glance", type: "image", url: serviceUrl(plan, "glance") },
    { name: "placement", type: "placement", url: serviceUrl(plan, "placement") },
    { name: "nova", type: "compute", url: `${serviceUrl(plan, "nova")}/v2.1` },
    { name: "neutron", type: "network", url: serviceUrl(plan, "neutron") },
    { name: "cinderv3", type: "volumev3", url: `${serviceUrl(plan, "cinder")}/v3/%(project_id)s` },
    { name: "octavia", type: "load-balancer", url: serviceUrl(plan, "octavia") },
  ];
}
