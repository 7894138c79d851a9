import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/** A request of an AWS client with the fields that routing and rules need. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Service in the signature's scope, such as `ec2`; empty for an unsigned request (of a browser). */
  readonly service: string;
  readonly region: string;
  /** Operation of the query and JSON protocols, such as `RunInstances`; empty for REST, where the path is the operation. */
  readonly action: string;
  /** Arguments of a query-protocol call, such as `DhcpConfiguration.1.Key`; empty for other protocols. */
  readonly form: URLSearchParams;
}

/** The response to the client. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Forwards a call to the next rule that applies, or to the emulator. */
export type Forward = (call: Call) => Promise<GatewayResponse>;

/** The parts of a request from which a {@link Call} is parsed. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `Credential=KEY/DATE/REGION/SERVICE/aws4_request` in the Authorization header. */
const SCOPE = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** Parses a request. The signature is not checked, as in the emulators; the keys are `test`. */
export function readCall({ method, url, headers, body }: RawRequest): Call {
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const [, region = "", service = ""] = SCOPE.exec(headers.authorization ?? "") ?? [];
  const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  const form = isForm ? new URLSearchParams(body.toString()) : new URLSearchParams();
  const target = headers["x-amz-target"];
  const action = form.get("Action") ?? (typeof target === "string" ? target.slice(target.lastIndexOf(".") + 1) : "");
  return { method, path: pathname, query: searchParams, headers, body, service, region, action, form };
}

/** Target of the request line of a call. */
export function targetOf(call: Call): string {
  const query = call.query.toString();
  // S3 treats `?policy` and `?policy=` alike, but moto recognizes a parameter without value only without the equals sign.
  return query === "" ? call.path : `${call.path}?${query.replace(/=(?=&|$)/g, "")}`;
}
