import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../../http/json";
import type { ErrorFormat } from "./api-error";

/** A request to one service of a cloud, as its routes receive it. */
export interface Call {
  readonly method: string;
  /** Path after the prefix of the service. */
  readonly path: string;
  /** Values of `:id` and other parameters of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonObject;
  /** Scheme, host and port that the client used; the service catalog repeats them. */
  readonly origin: string;
}

/** What a route returns. */
export interface Reply {
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of a service. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/v2.0/ports/:id`. */
  readonly path: string;
  /** Status of a successful response. @default - 201 for POST, 204 for DELETE, otherwise 200 */
  readonly status?: number;
  /** Whether the route needs no token. @default false */
  readonly open?: boolean;
  readonly handle: (call: Call) => Reply;
}

/** One service of a cloud, such as network or compute. */
export interface Service {
  /** Path under which the service is available. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  readonly formatError: ErrorFormat;
}

/** Returns the path parameters of a request that a route matches; `undefined` when it does not match. */
export function match(route: Route, method: string, path: string): Readonly<Record<string, string>> | undefined {
  if (route.method !== method) return undefined;
  const expected = route.path.split("/");
  // Some clients append a slash.
  const actual = path.replace(/\/$/, "").split("/");
  if (expected.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = decodeURIComponent(actual[index] ?? "");
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** The value of a path parameter. */
export function param(call: Call, name = "id"): string {
  return call.params[name] ?? "";
}

/** Whether the client requests this microversion of the API (64 for 2.64) or a later one. */
export function supportsMicroversion(call: Call, minor: number): boolean {
  // Such as `compute 2.64` or `volume 3.42`.
  const version = String(call.headers["openstack-api-version"] ?? "");
  return Number(/ \d\.(\d+)/.exec(version)?.[1] ?? 0) >= minor;
}
