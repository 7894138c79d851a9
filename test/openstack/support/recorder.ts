import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { OpenStackApi } from "@groundwork/local/real-openstack/api";

/** Services of the provider: their name in its `endpoint_overrides`, their type in the catalog, and the version in their path. */
const SERVICES = {
  compute: { type: "compute", version: "" },
  network: { type: "network", version: "v2.0/" },
  image: { type: "image", version: "v2/" },
  volumev3: { type: "volumev3", version: "" },
  octavia: { type: "load-balancer", version: "v2.0/" },
} as const;

type ServiceName = keyof typeof SERVICES;

/** A request of the provider and its response. */
export interface Recorded {
  /** Service, method and path; ids are replaced by `:id`. */
  readonly request: string;
  readonly status: number;
  /** Type of each value in the response, by its path, such as `port.fixed_ips[].ip_address`. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A proxy on 127.0.0.1 between the provider and the services of a cloud. It keeps every request. */
export class Recorder {
  static async start(api: OpenStackApi): Promise<Recorder> {
    const recorder = new Recorder(api);
    recorder.server.listen(0, "127.0.0.1");
    await new Promise((resolve) => recorder.server.once("listening", resolve));
    return recorder;
  }

  readonly requests: Recorded[] = [];
  private readonly server: Server;

  private constructor(private readonly api: OpenStackApi) {
    this.server = createServer((incoming, response) => void this.forward(incoming, response));
  }

  /** For the provider's argument `endpoint_overrides`. */
  get endpoints(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return Object.fromEntries(
      Object.entries(SERVICES).map(([name, { version }]) => [name, `http://127.0.0.1:${port}/${name}/${version}`]),
    );
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = incoming;
    const [, name = "", ...rest] = url.split("/");
    const path = `/${rest.join("/")}`;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const target = `${this.api.endpointOf(SERVICES[name as ServiceName].type)}${path}`;
    try {
      const { status, type, text } = await send(target, method, incoming.headers, body);
      this.record(`${name} ${method} ${template(path)}`, status, text);
      response.writeHead(status, { "content-type": type });
      response.end(text);
    } catch {
      // uWSGI resets a connection now and then. The provider sees the same, and sends the request again if it is safe.
      incoming.socket.destroy();
    }
  }

  private record(request: string, status: number, text: string): void {
    const types = new Map<string, Set<string>>();
    if (status < 400 && text.startsWith("{")) collect(JSON.parse(text) as unknown, "", types);
    this.requests.push({ request, status, types });
  }
}

interface Received {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Sends a request on a connection of its own. */
function send(
  url: string,
  method: string,
  { host: _, ...headers }: IncomingHttpHeaders,
  body: Buffer,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, connection: "close" }, agent: false }, (received) => {
      const chunks: Buffer[] = [];
      received.on("data", (chunk: Buffer) => chunks.push(chunk));
      received.once("error", reject);
      received.once("end", () => {
        const { statusCode: status = 0, headers: fields } = received;
        const type = fields["content-type"] ?? "application/json";
        resolve({ status, type, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** A path without ids, query and values of it. */
function template(path: string): string {
  const [location = "", query = ""] = path.split("?");
  const names = [...new URLSearchParams(query).keys()].sort();
  const plain = location
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/g, ":id")
    .replace(/os-keypairs\/.+/, "os-keypairs/:name");
  return names.length === 0 ? plain : `${plain}?${names.join("&")}`;
}

/** Adds the types of all values of a body. Keys that a client chooses are left out. */
function collect(value: unknown, path: string, types: Map<string, Set<string>>): void {
  if (path !== "") types.set(path, (types.get(path) ?? new Set()).add(typeOf(value)));
  if (Array.isArray(value)) for (const each of value) collect(each, `${path}[]`, types);
  else if (typeof value === "object" && value !== null && !/(^|\.)(addresses|metadata|links\[\])$/.test(path))
    for (const [key, each] of Object.entries(value)) collect(each, path === "" ? key : `${path}.${key}`, types);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

interface Summary {
  readonly statuses: Set<number>;
  readonly types: Map<string, Set<string>>;
}

/** Requests by name: all statuses and all types that were seen. */
function summarize(requests: readonly Recorded[]): ReadonlyMap<string, Summary> {
  const found = new Map<string, Summary>();
  for (const { request, status, types } of requests) {
    const entry = found.get(request) ?? { statuses: new Set(), types: new Map<string, Set<string>>() };
    entry.statuses.add(status);
    for (const [path, seen] of types) entry.types.set(path, new Set([...(entry.types.get(path) ?? []), ...seen]));
    found.set(request, entry);
  }
  return found;
}

/**
 * How the responses of the emulator differ from those of the real services: other statuses, values of another type, values that the
 * emulator lacks. A request that only one of them received is compared with nothing: polling depends on time.
 */
export function differences(real: readonly Recorded[], emulated: readonly Recorded[]): readonly string[] {
  const emulator = summarize(emulated);
  return [...summarize(real)].flatMap(([request, expected]) => {
    const given = emulator.get(request);
    if (given === undefined) return [];
    return [...statusDifferences(request, expected, given), ...typeDifferences(request, expected, given)];
  });
}

function statusDifferences(request: string, expected: Summary, given: Summary): readonly string[] {
  return [...given.statuses]
    .filter((status) => !expected.statuses.has(status))
    .map((status) => `${request}: status ${status}, really ${[...expected.statuses].join(" or ")}`);
}

function typeDifferences(request: string, expected: Summary, given: Summary): readonly string[] {
  return [...expected.types].flatMap(([path, types]) => {
    const own = given.types.get(path);
    if (own === undefined) return isRead(path) ? [`${request}: no ${path}`] : [];
    // Null: the value is not set here, but it is in the other cloud.
    const others = [...own].filter((type) => type !== "null" && !types.has(type));
    const isKnown = [...types].some((type) => type !== "null");
    return isKnown && others.length > 0 ? [`${request}: ${path} is ${others.join()}, really ${[...types].join()}`] : [];
  });
}

/** Fields of responses that no client of ours reads, and that the emulator leaves out. */
const NOT_READ = new Set([
  ...[
    "additional_vips",
    "alpn_protocols",
    "attached_at",
    "availability_zones",
    "ca_tls_container_ref",
    "client_authentication",
  ],
  ...[
    "client_ca_tls_container_ref",
    "client_crl_container_ref",
    "created_at",
    "crl_container_ref",
    "domain_name",
    "flavor_id",
  ],
  ...[
    "group_id",
    "host_name",
    "http_version",
    "ipv4_address_scope",
    "ipv6_address_scope",
    "is_default",
    "links",
    "members_links",
  ],
  ...["normalized_cidr", "os_hash_algo", "os_hash_value", "port_details", "remote_address_group_id", "revision_number"],
  ...["standard_attr_id", "stores", "tls_ciphers", "tls_container_ref", "tls_enabled", "tls_versions", "updated_at"],
]);

function isRead(path: string): boolean {
  const names = path.split(".").map((name) => name.replace("[]", ""));
  return (
    !names.some((name) => NOT_READ.has(name)) && !/security_group_rules\[\]\.tags|flavors\[\]\.description/.test(path)
  );
}
