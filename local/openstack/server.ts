import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { CONNECTIONS } from "../http/connections";
import { type Json, type JsonObject, objectOf } from "../http/json";
import { requireLocalRequest } from "../http/origin";
import { RejectedRequest, sendRejection } from "../http/rejected-request";
import { RequestBodies } from "../http/request-bodies";
import { ApiError, badRequest } from "./api/api-error";
import { type Call, match, type Route, type Service } from "./api/call";
import { CONTROL, controlBody } from "./control";
import type { EmulatedCloud } from "./emulated-cloud";
import { nhnCloud } from "./nhn-cloud";
import { RequestLog } from "./request-log";
import { standardCloud } from "./standard-cloud";
import type { ObjectSummary } from "./store";

/** An HTTP request to the emulator. */
export interface EmulatorRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP response of the emulator. */
export interface EmulatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject | undefined;
}

/** Maximum size of request bodies in MiB. The largest is the user data of a machine, 64 KiB in base64. */
const MAX_BODY = { each: 1, all: 16 } as const;

const SUCCESS = { GET: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 204 } as const;

/**
 * Defines two clouds behind one address: NHN Cloud under `/nhn`, standard OpenStack under `/openstack`.
 *
 * Written from the public documentation, and strict: requests that are not documented are rejected.
 */
export class OpenStackEmulator {
  private clouds: readonly EmulatedCloud[] = [nhnCloud(), standardCloud()];
  private requestLog = new RequestLog();
  private readonly bodies = new RequestBodies(MAX_BODY.all);

  constructor(private readonly log: (line: string) => void) {}

  /** Creates a server that does not listen yet. Listen on 127.0.0.1 only: the password is public. */
  createServer(): Server {
    return createServer(CONNECTIONS, (request, response) => void this.serve(request, response));
  }

  /** Processes one request. */
  handle(request: EmulatorRequest): EmulatorResponse {
    const { pathname: path, searchParams: query } = new URL(`http://127.0.0.1${request.url}`);
    if (path.startsWith("/_emulator/")) return this.control(request, path);
    for (const cloud of this.clouds)
      for (const service of cloud.services)
        if (path === service.prefix || path.startsWith(`${service.prefix}/`))
          return this.callService(cloud, service, request, path.slice(service.prefix.length), query);
    return { status: 404, headers: {}, body: { message: `nothing is at ${path}` } };
  }

  private callService(
    cloud: EmulatedCloud,
    service: Service,
    request: EmulatorRequest,
    path: string,
    query: URLSearchParams,
  ): EmulatorResponse {
    const { method } = request;
    // Before the call, because afterwards the name of a deleted object is unknown.
    const target = objectInPath(cloud, path);
    const [route, params] = findRoute(service.routes, method, path);
    const result = call(cloud, route, request, { path, params, query });
    const isError = result instanceof ApiError;
    const response = isError ? { status: result.status, headers: {}, body: service.formatError(result) } : result;
    if (method !== "GET" && route?.open !== true) {
      const { kind, name } = target ?? objectInBody(cloud, response.body) ?? { kind: "", name: "" };
      const error = isError ? result.type : "";
      this.requestLog.add({ cloud: cloud.name, method, path, status: response.status, kind, name, error });
    }
    return response;
  }

  private control({ method, body }: EmulatorRequest, path: string): EmulatorResponse {
    const ok = (body: JsonObject): EmulatorResponse => ({ status: 200, headers: {}, body });
    if (method === "POST" && path === CONTROL.reset) {
      this.clouds = [nhnCloud(), standardCloud()];
      this.requestLog = new RequestLog();
      return ok({});
    }
    if (method === "POST" && path === CONTROL.quota) {
      for (const { store } of this.clouds) Object.assign(store.quota, JSON.parse(body));
      return ok({});
    }
    const found = controlBody(path, this.clouds, this.requestLog);
    return found === undefined ? { status: 404, headers: {}, body: { message: `no ${path} here` } } : ok(found);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    try {
      requireLocalRequest(request);
      await this.bodies.read(request, MAX_BODY.each, (body) => {
        const result = this.handle({ method, url, headers, body: body.toString() });
        // Never log bodies or headers: they contain passwords, tokens and user data.
        this.log(`${result.status} ${method} ${url}`);
        send(response, result);
      });
    } catch (error) {
      if (error instanceof RejectedRequest) {
        this.log(`${error.status} ${method} ${JSON.stringify(url)}: ${error.message}`);
        sendRejection(request, response, error);
        return;
      }
      this.log(`500 ${method} ${url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      send(response, { status: 500, headers: {}, body: { message: "internal error of the emulator; see its log" } });
    }
  }
}

/** Calls a route. A call that fails changes nothing: the store is restored. */
function call(
  { store, tokens }: EmulatedCloud,
  route: Route | undefined,
  request: EmulatorRequest,
  parts: Pick<Call, "path" | "params" | "query">,
): EmulatorResponse | ApiError {
  const { method, headers } = request;
  const restore = method === "GET" ? undefined : store.restorePoint();
  try {
    if (route?.open !== true) tokens.check(headerOf(headers, "x-auth-token"));
    if (route === undefined) throw new ApiError(404, "HTTPNotFound", `this cloud has no ${method} ${parts.path}`);
    const reply = route.handle({ method, headers, body: bodyOf(request), origin: originOf(headers), ...parts });
    return { status: route.status ?? SUCCESS[route.method], headers: reply.headers ?? {}, body: reply.body };
  } catch (error) {
    restore?.();
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): readonly [Route | undefined, Call["params"]] {
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

function originOf({ host = "127.0.0.1" }: IncomingHttpHeaders): string {
  return `http://${host}`;
}

function bodyOf({ method, body }: EmulatorRequest): JsonObject {
  if (body === "") return {};
  // Neutron returns the same error.
  if (method === "DELETE") throw badRequest("Body is not allowed in DELETE", "HTTPBadRequest");
  try {
    return objectOf(JSON.parse(body) as Json);
  } catch {
    throw badRequest("the body is no JSON", "MalformedRequestBody");
  }
}

/** The object that a path is about: the last id in it that the store knows. */
function objectInPath(cloud: EmulatedCloud, path: string): ObjectSummary | undefined {
  return path
    .split("/")
    .reverse()
    .map((part) => cloud.store.summaryOf(decodeURIComponent(part)))
    .find((found) => found !== undefined);
}

/** The object that a response contains. */
function objectInBody(cloud: EmulatedCloud, body: JsonObject | undefined): ObjectSummary | undefined {
  const [object] = Object.values(body ?? {});
  const { id, name } = objectOf(object);
  return cloud.store.summaryOf(String(id ?? name ?? ""));
}

function send(response: ServerResponse, { status, headers, body }: EmulatorResponse): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
