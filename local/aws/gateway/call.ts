import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { readScope, signatureFor } from "./credentials";
import { requireOwnTarget } from "./routes";

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
  /** Body of a large S3 object, instead of `body`. */
  readonly stream?: Readable;
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

/** Operations of STS that exchange a token of another system for credentials: clients have nothing to sign them with. */
const UNSIGNED_OPERATIONS = ["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"];

/** Parses a request. Throws a `RejectedRequest` if it can be read in two ways. */
export function readCall({ method, url, headers, body }: RawRequest): Call {
  const { path, query } = partsOf(url);
  const form = isForm(headers) ? new URLSearchParams(body.toString()) : new URLSearchParams();
  const target = headers["x-amz-target"];
  const action = form.get("Action") ?? (typeof target === "string" ? target.slice(target.lastIndexOf(".") + 1) : "");
  const signed = readScope(headers, query);
  const isUnsignedOperation = signed.service === "" && path === "/" && UNSIGNED_OPERATIONS.includes(action);
  const { service, region } = isUnsignedOperation ? STS : signed;
  requireOwnTarget({ service, headers });
  const authorization = isUnsignedOperation ? { authorization: signatureFor(STS) } : {};
  return { method, path, query, headers: { ...headers, ...authorization }, body, service, region, action, form };
}

const STS = { service: "sts", region: "us-east-1" };

/** Path and query of a request target. The path is not normalized: keys of S3 objects may contain `..`. */
export function partsOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const start = url.indexOf("?");
  return start < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, start), query: new URLSearchParams(url.slice(start + 1)) };
}

function isForm(headers: IncomingHttpHeaders): boolean {
  return (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

/** Target of the request line of a call. */
export function targetOf(call: Call): string {
  const query = call.query.toString();
  // S3 treats `?policy` and `?policy=` alike, but moto recognizes a parameter without value only without the equals sign.
  return query === "" ? call.path : `${call.path}?${query.replace(/=(?=&|$)/g, "")}`;
}
