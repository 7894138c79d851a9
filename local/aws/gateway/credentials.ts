import type { IncomingHttpHeaders } from "node:http";
import { RejectedRequest } from "../../http/rejected-request";

/** Service and region that a request is signed for; empty for a request without a signature (of a browser). */
export interface SignedScope {
  readonly service: string;
  readonly region: string;
}

const UNSIGNED: SignedScope = { service: "", region: "" };
const S3: SignedScope = { service: "s3", region: "us-east-1" };

const SCOPE = String.raw`[^\s/,=]+/\d{8}/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request`;

/** The whole header. A client that adds a second credential would be read in two ways: one emulator takes the first, one the last. */
const HEADER = new RegExp(
  `^AWS4-HMAC-SHA256 +Credential=${SCOPE}, *SignedHeaders=[a-z0-9;._-]+, *Signature=[0-9a-f]+$`,
);

const QUERY = new RegExp(`^${SCOPE}$`);

/** The signature version of older S3 clients. It contains no region. */
const VERSION_2 = /^AWS [^\s:,=]+:[A-Za-z0-9+/]+={0,2}$/;

/** Parameters of a signed address, in lower case: signature version 4, then version 2. */
const SIGNED_ADDRESS = ["x-amz-credential", "x-amz-signature", "x-amz-algorithm", "awsaccesskeyid"];

/**
 * Reads the scope of a request's signature. The signature itself is not checked, as in the emulators; the keys are `test`.
 *
 * Rejects requests with several credentials or with credentials in an unknown format.
 */
export function readScope({ authorization }: IncomingHttpHeaders, query: URLSearchParams): SignedScope {
  const signing = [...query].filter(([name]) => SIGNED_ADDRESS.includes(name.toLowerCase()));
  if (authorization !== undefined) {
    if (signing.length > 0)
      throw new RejectedRequest(400, "the request has credentials in its Authorization header and in its address");
    return scopeOfHeader(authorization);
  }
  const names = signing.map(([name]) => name.toLowerCase());
  if (new Set(names).size < names.length) throw new RejectedRequest(400, "the address has two credentials");
  // Signature version 2 of S3 contains no region.
  if (names.includes("awsaccesskeyid") && !names.includes("x-amz-credential")) return S3;
  const [, credential] = signing.find(([name]) => name.toLowerCase() === "x-amz-credential") ?? [];
  return credential === undefined ? UNSIGNED : scopeOfAddress(credential);
}

/** A header for requests of the gateway itself. The emulators do not check signatures. */
export function signatureFor({ service, region }: SignedScope): string {
  return `AWS4-HMAC-SHA256 Credential=test/20000101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

function scopeOfHeader(authorization: string): SignedScope {
  if (VERSION_2.test(authorization)) return S3;
  return scopeOf(HEADER.exec(authorization), "the Authorization header is not one signature of version 4");
}

/** Signed addresses are used for S3 only. A web page could request them without the headers that identify the page. */
function scopeOfAddress(credential: string): SignedScope {
  const scope = scopeOf(QUERY.exec(credential), "X-Amz-Credential is not one scope");
  if (scope.service !== "s3")
    throw new RejectedRequest(400, `an address with a signature is for S3, not for ${scope.service}`);
  return scope;
}

function scopeOf(match: RegExpExecArray | null, message: string): SignedScope {
  const { service, region } = match?.groups ?? {};
  if (service === undefined || region === undefined) throw new RejectedRequest(400, message);
  return { service, region };
}
