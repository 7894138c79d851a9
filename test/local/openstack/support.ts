import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CREDENTIALS, NHN, STANDARD } from "@groundwork/local/openstack/account";
import { OpenStackEmulator } from "@groundwork/local/openstack/server";

/** An HTTP response of the emulator. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** An object in a response. */
export type ResponseObject = Record<string, unknown> & { readonly id: string };

/** Sends a request to the emulator without a token. */
export async function request(
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { ...headers }, ...sent });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}

/** A client with a token of one of the clouds. */
export class Client<S extends string> {
  constructor(
    readonly origin: string,
    private readonly paths: Readonly<Record<S, string>>,
    readonly token: string,
  ) {}

  request(service: S, method: string, path: string, body?: unknown, headers = {}): Promise<Reply> {
    return request(method, this.origin + this.paths[service] + path, body, { "X-Auth-Token": this.token, ...headers });
  }

  get(service: S, path: string): Promise<Reply> {
    return this.request(service, "GET", path);
  }

  post(service: S, path: string, body: unknown): Promise<Reply> {
    return this.request(service, "POST", path, body);
  }

  put(service: S, path: string, body?: unknown): Promise<Reply> {
    return this.request(service, "PUT", path, body);
  }

  delete(service: S, path: string): Promise<Reply> {
    return this.request(service, "DELETE", path);
  }

  /** Creates an object and returns it. Fails when the cloud rejects the request. */
  async create(service: S, path: string, body: unknown): Promise<ResponseObject> {
    return onlyObject(await this.post(service, path, body));
  }

  /** Reads an object that must exist. */
  async show(service: S, path: string): Promise<ResponseObject> {
    return onlyObject(await this.get(service, path));
  }

  /** Reads a list of objects. */
  async list(service: S, path: string): Promise<readonly ResponseObject[]> {
    const { body } = await this.get(service, path);
    return Object.values(body).find((value): value is ResponseObject[] => Array.isArray(value)) ?? [];
  }
}

function onlyObject({ status, body }: Reply): ResponseObject {
  const [object] = Object.values(body);
  if (status >= 300 || typeof object !== "object" || object === null)
    throw new Error(`${status}: ${JSON.stringify(body)}`);
  return { id: "", ...object };
}

/** A client of NHN Cloud. */
export type NhnClient = Client<keyof typeof NHN>;

/** A client of standard OpenStack. */
export type StandardClient = Client<keyof typeof STANDARD>;

/** Starts an emulator for every test of a file. Returns its address and a client of each cloud. */
export function emulator(): { readonly origin: string; readonly nhn: NhnClient; readonly openstack: StandardClient } {
  let server: Server | undefined;
  const current: { origin: string; nhn?: NhnClient; openstack?: StandardClient } = { origin: "" };
  beforeEach(async () => {
    const started = new OpenStackEmulator(() => undefined).createServer();
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    current.origin = `http://127.0.0.1:${portOf(started)}`;
    current.nhn = new Client(current.origin, NHN, await nhnToken(current.origin));
    current.openstack = new Client(current.origin, STANDARD, await standardToken(current.origin));
  });
  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
  });
  return {
    get origin() {
      return current.origin;
    },
    get nhn() {
      return started(current.nhn);
    },
    get openstack() {
      return started(current.openstack);
    },
  };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the emulator has not been started");
  return value;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the emulator is not listening");
  return address.port;
}

/** Body of a token request to NHN Cloud. */
export function nhnLogin(password: string = CREDENTIALS.password): unknown {
  const { username, tenantId } = CREDENTIALS;
  return { auth: { tenantId, passwordCredentials: { username, password } } };
}

async function nhnToken(origin: string): Promise<string> {
  const { body } = await request("POST", `${origin}${NHN.identity}/tokens`, nhnLogin());
  return (body as { access: { token: { id: string } } }).access.token.id;
}

/** Body of a token request to standard OpenStack. */
export function standardLogin(password: string = CREDENTIALS.password): unknown {
  const { username: name, tenantId: id } = CREDENTIALS;
  const user = { name, password, domain: { name: "Default" } };
  return { auth: { identity: { methods: ["password"], password: { user } }, scope: { project: { id } } } };
}

async function standardToken(origin: string): Promise<string> {
  const { headers } = await request("POST", `${origin}${STANDARD.identity}/auth/tokens`, standardLogin());
  return headers.get("x-subject-token") ?? "";
}
