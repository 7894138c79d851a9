import type { IncomingMessage } from "node:http";

/** What was asked of the stand-in. */
export interface Asked {
  readonly method: string;
  /** Path without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A refusal, with its status. */
export class GitLabError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a request to its end. */
export async function readRequest(request: IncomingMessage): Promise<Asked> {
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

/** The parts of a path, each decoded by itself: a project's own path comes as `group%2Fproject`. */
export function encodedParts(path: string): readonly string[] {
  return path.split("/").slice(1).map(decodeURIComponent);
}
