import type { OpenStackApi } from "@groundwork/local/real-openstack/api";

/** Response of a cloud to a request. */
export interface ProbeResult {
  readonly status: number;
  /** How the error is written: the type of Neutron's error, or the key of the body; empty for a success. */
  readonly error: string;
  /** Message of the error, for people. */
  readonly message: string;
  /** Values of the response that the clouds must agree on. */
  readonly shown: unknown;
}

type Body = Readonly<Record<string, unknown>>;

/** Values of a response body that are compared. */
type Show = (body: Body) => unknown;

/** An id that no object has. */
export const UNKNOWN_ID = "11111111-1111-1111-1111-111111111111";

/** Sends requests to one cloud and keeps the responses by name. */
export class Probe {
  readonly results: Record<string, ProbeResult> = {};

  constructor(readonly api: OpenStackApi) {}

  /** Sends a request whose response is compared; returns the body. */
  async ask(
    name: string,
    [method, service, path]: readonly [string, string, string],
    body?: unknown,
    show?: Show,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Body> {
    if (this.results[name] !== undefined) throw new Error(`two requests are named "${name}"`);
    const response = await this.api.send(method, service, path, body, headers);
    const isError = response.status >= 400;
    this.results[name] = {
      status: response.status,
      ...(isError ? errorOf(response.body) : { error: "", message: "" }),
      shown: isError || show === undefined ? undefined : show(response.body),
    };
    return isError ? {} : response.body;
  }

  /** Sends a request that prepares or cleans up; its response is not compared. */
  async send(method: string, service: string, path: string, body?: unknown): Promise<Body> {
    return (await this.api.send(method, service, path, body)).body;
  }
}

/** A field of a body, along a path such as `port.id`; `undefined` if it is missing. */
export function field(body: Body, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);
}

/** The id of the object in a body; an unknown id if the request failed. */
export function idOf(body: Body, kind: string): string {
  const id = field(body, `${kind}.id`);
  return typeof id === "string" ? id : UNKNOWN_ID;
}

/** A list in a body. */
export function listOf(body: Body, name: string): readonly Body[] {
  const list = body[name];
  return Array.isArray(list) ? (list as readonly Body[]) : [];
}

/** Shows fields of a response. */
export function showing(...paths: readonly string[]): Show {
  return (body) => paths.map((path) => field(body, path));
}

function errorOf(body: Body): { readonly error: string; readonly message: string } {
  const neutron = body["NeutronError"];
  if (typeof neutron === "object" && neutron !== null) {
    const { type, message } = neutron as { readonly type?: string; readonly message?: string };
    return { error: `NeutronError ${type ?? ""}`, message: message ?? "" };
  }
  const [key = "empty body", value] = Object.entries(body)[0] ?? [];
  if (key === "faultcode" || key === "faultstring" || key === "debuginfo")
    return { error: "faultstring", message: String(body["faultstring"]) };
  return { error: key, message: typeof value === "object" ? JSON.stringify(value) : String(value) };
}
