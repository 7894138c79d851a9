import type { IncomingMessage } from "node:http";

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

/** Reads and parses a request. */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? "/", "http://localhost");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    token: String(request.headers["private-token"] ?? ""),
    body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

/** The segments of a path, each decoded separately: the path of a project is encoded as `group%2Fproject`. */
export function encodedParts(path: string): readonly string[] {
  return path.split("/").slice(1).map(decodeURIComponent);
}
