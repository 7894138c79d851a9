import { waitUntil } from "@groundwork/tooling/polling";
import type { OpenStackApi } from "./api";
import { SERVICE_PASSWORD } from "./configuration";
import { catalog, HYPERVISORS, type Plan, REGION } from "./plan";
import type { Processes } from "./processes";

const MINUTE = 60_000;

/** Role without which Octavia rejects every request of a project's member. */
export const LOAD_BALANCER_ROLE = "load-balancer_member";

/** Flavors of the environment files: vCPUs, and memory in MiB. */
const FLAVORS: Readonly<Record<string, readonly [number, number]>> = {
  "m1.c1m2": [1, 2_048],
  "m1.c2m8": [2, 8_192],
  "m1.c4m8": [4, 8_192],
  "m1.c4m16": [4, 16_384],
  "m1.c8m16": [8, 16_384],
};

const IMAGES = ["ubuntu-22.04-20260101", "ubuntu-22.04-20260901"];

/** Network with the floating IPs: a documentation block (RFC 5737). */
const PUBLIC = {
  cidr: "198.51.100.0/24",
  gateway_ip: "198.51.100.1",
  allocation_pools: [{ start: "198.51.100.10", end: "198.51.100.250" }],
};

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Creates the users of the services and the service catalog, without which the other services do not start. */
export async function seedIdentity(api: OpenStackApi, plan: Plan): Promise<void> {
  const project = await ensure(api, "projects", "project", "service", { domain_id: "default" });
  const services = catalog(plan).filter(({ type }) => type !== "identity");
  for (const { name, type, url } of services) {
    const user = name === "cinderv3" ? "cinder" : name;
    await ensureMember(api, project, user, SERVICE_PASSWORD, ["admin"]);
    const service = await ensure(api, "services", "service", name, { type });
    const existing = await api.list("identity", `/endpoints?service_id=${service}`);
    if (existing.length === 0)
      for (const kind of ["public", "internal", "admin"])
        await api.call("POST", "identity", "/endpoints", {
          endpoint: { service_id: service, interface: kind, url, region_id: REGION },
        });
  }
  await ensure(api, "roles", "role", LOAD_BALANCER_ROLE, {});
}

/** Creates what an operator offers: the external network, flavors and images. */
export async function seedCloud(api: OpenStackApi): Promise<void> {
  await seedNetwork(api);
  const flavors = await api.list<Named>("compute", "/flavors");
  for (const [name, [vcpus, ram]] of Object.entries(FLAVORS))
    if (!flavors.some((flavor) => flavor.name === name))
      await api.call("POST", "compute", "/flavors", { flavor: { name, vcpus, ram, disk: 20 } });
  for (const name of IMAGES) await seedImage(api, name);
}

/** Waits until all hypervisors and the volume service have reported after this start. */
export async function waitForHosts(api: OpenStackApi, processes: Processes, abort?: AbortSignal): Promise<void> {
  interface Hypervisor {
    readonly state: string;
  }
  interface Agent {
    readonly state: string;
    readonly updated_at: string | null;
  }
  const startedAt = new Date().toISOString();
  const isReady = async (): Promise<boolean> => {
    processes.check();
    const hypervisors = await listOrEmpty<Hypervisor>(api, "compute", "/os-hypervisors/detail");
    const agents = await Promise.all([
      listOrEmpty<Agent>(api, "compute", "/os-services"),
      listOrEmpty<Agent>(api, "volumev3", "/os-services"),
    ]);
    // Records of an earlier start are old. The times are in UTC, without a zone.
    const isUp = ({ state, updated_at: at }: Agent): boolean => state === "up" && at !== null && at > startedAt;
    return (
      hypervisors.filter(({ state }) => state === "up").length === HYPERVISORS.length &&
      agents.every((of) => of.length > 0 && of.every(isUp))
    );
  };
  if (!(await waitUntil(isReady, 5 * MINUTE, 1_000, abort)))
    throw new Error("the hypervisors of OpenStack do not report");
}

/** Creates a user with roles in a project; returns the user's id. */
export async function ensureMember(
  api: OpenStackApi,
  project: string,
  name: string,
  password: string,
  roles: readonly string[],
): Promise<string> {
  const user = await ensure(api, "users", "user", name, { password, domain_id: "default" });
  const known = await api.list<Named>("identity", "/roles");
  for (const role of known.filter((each) => roles.includes(each.name)))
    await api.call("PUT", "identity", `/projects/${project}/users/${user}/roles/${role.id}`);
  return user;
}

/** Creates an object of Keystone unless one with its name exists; returns its id. */
export async function ensure(
  api: OpenStackApi,
  path: string,
  kind: string,
  name: string,
  properties: Readonly<Record<string, string>>,
): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const all = await api.list<Named>("identity", `/${path}`);
    return all.find((each) => each.name === name)?.id;
  };
  const existing = await find();
  if (existing !== undefined) return existing;
  const { status, body } = await api.send("POST", "identity", `/${path}`, { [kind]: { name, ...properties } });
  // A repeated request finds the object that the first one has created before its connection was reset.
  const id = status === 409 ? await find() : (body[kind] as Named | undefined)?.id;
  if (id === undefined) throw new Error(`Keystone created no ${kind} ${name}: HTTP ${status}`);
  return id;
}

/** A list; empty while the service does not respond. */
async function listOrEmpty<T>(api: OpenStackApi, service: string, path: string): Promise<readonly T[]> {
  try {
    return await api.list<T>(service, path);
  } catch {
    return [];
  }
}

async function seedNetwork(api: OpenStackApi): Promise<void> {
  const networks = await api.list<Named>("network", "/v2.0/networks?name=public");
  if (networks.length > 0) return;
  const { network } = await api.call<{ network: Named }>("POST", "network", "/v2.0/networks", {
    network: {
      name: "public",
      "router:external": true,
      "provider:network_type": "flat",
      "provider:physical_network": "physnet1",
    },
  });
  await api.call("POST", "network", "/v2.0/subnets", {
    subnet: { name: "public", network_id: network.id, ip_version: 4, enable_dhcp: false, ...PUBLIC },
  });
}

async function seedImage(api: OpenStackApi, name: string): Promise<void> {
  const images = await api.list<Named>("image", `/v2/images?name=${name}`);
  if (images.length > 0) return;
  const image = { name, disk_format: "raw", container_format: "bare", visibility: "public", min_disk: 10 };
  const { id } = await api.call<Named>("POST", "image", "/v2/images", image);
  const headers = { "content-type": "application/octet-stream" };
  const { status } = await api.send("PUT", "image", `/v2/images/${id}/file`, new Uint8Array(1_048_576), headers);
  if (status !== 204) throw new Error(`Glance rejected the image ${name}: HTTP ${status}`);
}
