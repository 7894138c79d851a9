import type { IncomingMessage } from "node:http";
import type { RequestBodies } from "../http/request-bodies";

/** A parsed request to the stand-in. */
export interface ApiRequest {
  readonly method: string;
  /** Path without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An error response with its status. */
export class GitLabError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads and parses a request with a body of at most 1 MiB. */
export function readRequest(message: IncomingMessage, bodies: RequestBodies): Promise<ApiRequest> {
  return bodies.read(message, 1, (body) => {
    const url = new URL(`http://localhost${message.url ?? "/"}`);
    return {
      method: message.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      token: String(message.headers["private-token"] ?? ""),
      body: body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>),
    };
  });
}

/** The segments of a path, each decoded separately: the path of a project is encoded as `group%2Fproject`. */
export function encodedParts(path: string): readonly string[] {
  return path.split("/").slice(1).map(decodeURIComponent);
}
