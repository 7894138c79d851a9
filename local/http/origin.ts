import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { RejectedRequest } from "./rejected-request";

/** Names of a server that listens on loopback. */
const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i;

/** Headers of which a second one could be read instead of the first. */
const SINGLE = ["host", "origin", "authorization", "content-type", "x-amz-target", "x-auth-token"];

/**
 * Rejects requests of web pages from elsewhere, and requests that can be read in two ways.
 *
 * A browser sends requests of any page to 127.0.0.1. They are recognized by the page's origin, in `Origin`, `Sec-Fetch-Site` or
 * `Referer`. A page whose name resolves to 127.0.0.1 (DNS rebinding) has the same origin as its requests; it is recognized by its
 * name in `Host`. Other programs of this machine send none of these headers but `Host`.
 */
export function requireLocalRequest(
  message: IncomingMessage,
  isOtherHost: (host: string) => boolean = () => false,
): void {
  requireUnambiguous(message);
  const { host = "" } = message.headers;
  if (!LOOPBACK.test(host) && !isOtherHost(host))
    throw new RejectedRequest(403, `the host ${JSON.stringify(host)} is not this machine; use 127.0.0.1 or localhost`);
  if (isForeign(message.headers, host))
    throw new RejectedRequest(
      403,
      "requests of web pages from elsewhere are rejected; open the address in a tab of its own",
    );
}

function requireUnambiguous({ rawHeaders, url = "" }: IncomingMessage): void {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const twice = SINGLE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) throw new RejectedRequest(400, `the request has two headers ${twice}`);
  if (!url.startsWith("/")) throw new RejectedRequest(400, "the request target is not a path of this server");
}

function isForeign({ origin, referer, "sec-fetch-site": site }: IncomingHttpHeaders, host: string): boolean {
  if (origin !== undefined && !isOriginOf(origin, host)) return true;
  if (referer !== undefined && !isOriginOf(originOf(referer), host)) return true;
  return site !== undefined && site !== "same-origin" && site !== "none";
}

function isOriginOf(origin: string, host: string): boolean {
  return origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : "null";
}
