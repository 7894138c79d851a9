import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** One request of an AWS client, read as far as routing and rules need it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The service in the signature's scope, such as `ec2`; empty for a request that nobody signed (a browser's). */
  readonly service: string;
  readonly region: string;
  /** The operation of the query and JSON protocols, such as `RunInstances`; empty for REST, whose operation is the path. */
  readonly action: string;
  /** The arguments of a query-protocol call, such as `DhcpConfiguration.1.Key`; empty for all others. */
  readonly form: URLSearchParams;
}

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a call on: to the next rule that wants it, at last to the emulator. */
export type Forward = (call: Call) => Promise<Answer>;

/** The parts of a request that a {@link Call} is read from. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `Credential=KEY/DATE/REGION/SERVICE/aws4_request`; a browser's signed link carries the same words in its query. */
const SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** Reads a request. The signature is not checked: the emulators check none, and the keys are the word `test`. */
export function readCall({ method, url, headers, body }: RawRequest): Call {
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const [, region = "", service = ""] = SCOPE.exec(headers.authorization ?? "") ?? [];
  const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  const form = isForm ? new URLSearchParams(body.toString()) : new URLSearchParams();
  const target = headers["x-amz-target"];
  const action = form.get("Action") ?? (typeof target === "string" ? target.slice(target.lastIndexOf(".") + 1) : "");
  return { method, path: pathname, query: searchParams, headers, body, service, region, action, form };
}

/** The request line's target of a call. */
export function targetOf(call: Call): string {
  const query = call.query.toString();
  // S3 tells `?policy` from `?policy=` no more than we do, but moto reads a bare word only without the equals sign.
  return query === "" ? call.path : `${call.path}?${query.replace(/=(?=&|$)/g, "")}`;
}
