import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type Json, type JsonObject, objectOf } from "../http/json";
import { badRequest, Refusal } from "./api/api-error";
import { type Call, match, type Route, type Service } from "./api/call";
import { SERVERS } from "./compute/models";
import type { Cloud } from "./emulated-cloud";
import { nhnCloud } from "./nhn-cloud";
import { Journal } from "./request-log";
import { standardCloud } from "./standard-cloud";

/** Paths by which tests talk to the emulator itself; no cloud has them. */
export const CONTROL = {
  health: "/_emulator/health",
  reset: "/_emulator/reset",
  journal: "/_emulator/journal",
  objects: "/_emulator/objects",
  userData: "/_emulator/user-data",
  quota: "/_emulator/quota",
} as const;

/** A request as it came. */
export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What goes back. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject | undefined;
}

const SUCCESS = { GET: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 204 } as const;

/**
 * Defines two clouds behind one address: NHN Cloud below `/nhn`, a standard OpenStack below `/openstack`.
 *
 * Written from public documentation. It is as strict as that is: what is not documented is refused.
 */
export class OpenStackEmulator {
  private clouds: readonly Cloud[] = [nhnCloud(), standardCloud()];
  private journal = new Journal();

  constructor(private readonly log: (line: string) => void) {}

  /** A server that is not listening yet. Listen on 127.0.0.1 only: the password is known to everybody. */
  createServer(): Server {
    return createServer((request, response) => void this.serve(request, response));
  }

  /** Answers one request. */
  answer(asked: Asked): Answered {
    const { pathname: path, searchParams: query } = new URL(asked.url, "http://127.0.0.1");
    if (path.startsWith("/_emulator/")) return this.control(asked, path);
    for (const cloud of this.clouds)
      for (const service of cloud.services)
        if (path === service.prefix || path.startsWith(`${service.prefix}/`))
          return this.serveBy(cloud, service, asked, path.slice(service.prefix.length), query);
    return { status: 404, headers: {}, body: { message: `nothing is at ${path}` } };
  }

  private serveBy(cloud: Cloud, service: Service, asked: Asked, path: string, query: URLSearchParams): Answered {
    const { method, headers } = asked;
    // Before the call: afterwards nobody knows the name of what is gone.
    const before = named(cloud, path);
    const restore = method === "GET" ? undefined : cloud.world.restorePoint();
    const [route, params] = find(service.routes, method, path);
    let answered: Answered;
    let refusal = "";
    try {
      if (route?.open !== true) cloud.tokens.check(headerOf(headers, "x-auth-token"));
      if (route === undefined) throw new Refusal(404, "HTTPNotFound", `this cloud has no ${method} ${path}`);
      const call: Call = {
        method,
        path,
        params,
        query,
        headers,
        body: bodyOf(asked),
        origin: `http://${headers.host ?? "127.0.0.1"}`,
      };
      const reply = route.answer(call);
      answered = { status: route.status ?? SUCCESS[route.method], headers: reply.headers ?? {}, body: reply.body };
    } catch (error) {
      // Whatever was done before it was refused: a refused call changes nothing.
      restore?.();
      if (!(error instanceof Refusal)) throw error;
      refusal = error.type;
      answered = { status: error.status, headers: {}, body: service.wording(error) };
    }
    if (method !== "GET" && route?.open !== true) {
      const { kind, name } = before ?? made(cloud, answered.body) ?? { kind: "", name: "" };
      this.journal.add({ cloud: cloud.name, method, path, status: answered.status, kind, name, refusal });
    }
    return answered;
  }

  private control({ method, body }: Asked, path: string): Answered {
    const ok = (body: JsonObject): Answered => ({ status: 200, headers: {}, body });
    if (method === "POST" && path === CONTROL.reset) {
      this.clouds = [nhnCloud(), standardCloud()];
      this.journal = new Journal();
      return ok({});
    }
    // A project's quota is raised by its cloud's operator, whom no API knows.
    if (method === "POST" && path === CONTROL.quota) {
      for (const { world } of this.clouds) Object.assign(world.quota, JSON.parse(body));
      return ok({});
    }
    if (path === CONTROL.health) return ok({ clouds: this.clouds.map(({ name }) => name) });
    if (path === CONTROL.journal) return ok({ journal: this.journal.entries.map((entry) => ({ ...entry })) });
    // What each machine finds at its metadata address, which no API shows to others.
    if (path === CONTROL.userData)
      return ok({
        machines: this.clouds.flatMap(({ name: cloud, world }) =>
          world.all(SERVERS).map(({ name, user_data }) => ({ cloud, name, user_data })),
        ),
      });
    if (path === CONTROL.objects)
      return ok(
        Object.fromEntries(
          this.clouds.map(({ name, world }) => [name, world.remaining().map((object) => ({ ...object }))]),
        ),
      );
    return { status: 404, headers: {}, body: { message: `no ${path} here` } };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answered = this.answer({ method, url, headers, body: Buffer.concat(chunks).toString() });
      // Never bodies or headers: they hold passwords, tokens and user data.
      this.log(`${answered.status} ${method} ${url}`);
      send(response, answered);
    } catch (error) {
      this.log(`500 ${method} ${url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      send(response, { status: 500, headers: {}, body: { message: "the emulator has a fault; its log says which" } });
    }
  }
}

function find(routes: readonly Route[], method: string, path: string): readonly [Route | undefined, Call["params"]] {
  for (const route of routes) {
    const params = match(route, method, path);
    if (params !== undefined) return [route, params];
  }
  return [undefined, {}];
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

function bodyOf({ method, body }: Asked): JsonObject {
  if (body === "") return {};
  // Neutron answers so, too.
  if (method === "DELETE") throw badRequest("Body is not allowed in DELETE", "HTTPBadRequest");
  try {
    return objectOf(JSON.parse(body) as Json);
  } catch {
    throw badRequest("the body is no JSON", "MalformedRequestBody");
  }
}

/** What a path is about: the last thing in it that has a name. */
function named(cloud: Cloud, path: string): { readonly kind: string; readonly name: string } | undefined {
  return path
    .split("/")
    .reverse()
    .map((part) => cloud.world.called(decodeURIComponent(part)))
    .find((found) => found !== undefined);
}

function made(
  cloud: Cloud,
  body: JsonObject | undefined,
): { readonly kind: string; readonly name: string } | undefined {
  const [object] = Object.values(body ?? {});
  const { id, name } = objectOf(object);
  return cloud.world.called(String(id ?? name ?? ""));
}

function send(response: ServerResponse, { status, headers, body }: Answered): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
