import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../../http/json";
import type { Wording } from "./api-error";

/** One request, as far as the cloud's objects need to know it. */
export interface Call {
  readonly method: string;
  /** Behind the service's own prefix. */
  readonly path: string;
  /** What stands in place of `:id` and the like. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonObject;
  /** Address that the client has reached the emulator by. */
  readonly origin: string;
}

/** What goes back. */
export interface Reply {
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Something a service can be asked. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/v2.0/ports/:id`. */
  readonly path: string;
  /** @default - what the method usually answers */
  readonly status?: number;
  /** Whether it is for everybody. @default false */
  readonly open?: boolean;
  readonly answer: (call: Call) => Reply;
}

/** One part of a cloud. */
export interface Service {
  /** Where it begins. */
  readonly prefix: string;
  readonly routes: readonly Route[];
  readonly wording: Wording;
}

/** What stands in a path where a route has names; nothing when the path is not the route's. */
export function match(route: Route, method: string, path: string): Readonly<Record<string, string>> | undefined {
  if (route.method !== method) return undefined;
  const wanted = route.path.split("/");
  // Clients differ about a slash at the end.
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? "");
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** The value that stands in a path for a name. */
export function param(call: Call, name = "id"): string {
  return call.params[name] ?? "";
}

/** Whether a client asks for this version of a service's API (such as 64 for 2.64) or a later one. */
export function speaks(call: Call, minor: number): boolean {
  // Such as `compute 2.64` or `volume 3.42`.
  const words = String(call.headers["openstack-api-version"] ?? "");
  return Number(/ \d\.(\d+)/.exec(words)?.[1] ?? 0) >= minor;
}
