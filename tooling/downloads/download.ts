import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher, Response } from "undici";

/** A file to download. */
export interface DownloadProps {
  readonly url: string;
  /** SHA-256 or SHA-512 of the file, hexadecimal. */
  readonly checksum: string;
  /** Where the complete file is put. */
  readonly file: string;
  /** Receives the bytes that are on this machine, and the size of the file if the server reports it. @default - not reported */
  readonly onProgress?: (received: number, size: number | undefined) => void;
  /** Milliseconds that the response of a server, or of a proxy on the way to it, may take. @default - 10 s */
  readonly responseMs?: number;
  /** Ends the download; what was received is kept for the next one. @default - nothing ends it early */
  readonly abort?: AbortSignal | undefined;
}

/** A file that could not be downloaded. The message is one sentence without a period. */
export class DownloadError extends Error {
  override readonly name: string = "DownloadError";
}

/** The server, or the proxy on the way to it, could not be reached. */
export class UnreachableError extends DownloadError {
  override readonly name = "UnreachableError";
}

/** How long a connection may take: without a network the programs are built instead, and the user should not wait for that. */
const CONNECT_MS = 5_000;

/** How long a server may be silent between two parts of a file. */
const SILENCE_MS = 15_000;

/** Attempts without a single received byte after which a download fails. */
const ATTEMPTS = 3;

/** Pause before another attempt, longer after each one without progress. */
const PAUSE_MS = 250;

/**
 * Downloads a file, verifies its checksum, and only then gives it its name.
 *
 * An interrupted download is continued where it ended, also by a later process, if the server supports ranges. Proxies are taken
 * from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 */
export async function download(props: DownloadProps): Promise<void> {
  const { url, checksum, file, abort } = props;
  const part = `${file}.part`;
  const isContinued = sizeOf(part) > 0;
  mkdirSync(dirname(file), { recursive: true });
  const { EnvHttpProxyAgent } = await import("undici");
  const timeouts = { timeout: CONNECT_MS };
  const dispatcher = new EnvHttpProxyAgent({
    connect: timeouts,
    proxyTls: timeouts,
    requestTls: timeouts,
    bodyTimeout: SILENCE_MS,
  });
  try {
    await receive(props, part, dispatcher);
  } finally {
    await dispatcher.destroy();
  }
  abort?.throwIfAborted();
  const found = await checksumOf(part, algorithmOf(checksum));
  if (found !== checksum) {
    rmSync(part);
    // What an earlier process has left may be to blame.
    if (isContinued) return download(props);
    throw new DownloadError(
      `${basename(new URL(url).pathname)} from ${hostOf(url)} has the checksum ${found} instead of ${checksum}, and was removed`,
    );
  }
  renameSync(part, file);
}

/** Receives the rest of a file, in several attempts if the connection is cut. */
async function receive(props: DownloadProps, part: string, dispatcher: Dispatcher): Promise<void> {
  const { url, abort } = props;
  const start = sizeOf(part);
  let failures = 0;
  for (;;) {
    const before = sizeOf(part);
    try {
      await receiveOnce(props, part, dispatcher);
      return;
    } catch (error) {
      abort?.throwIfAborted();
      // In the middle of a download the network may return; before the first byte, the user should not wait for that.
      const isTemporary = !(error instanceof DownloadError) || (error instanceof UnreachableError && before > start);
      if (!isTemporary) throw error;
      failures = sizeOf(part) > before ? 0 : failures + 1;
      if (failures === ATTEMPTS)
        throw new DownloadError(`the download from ${hostOf(url)} failed ${ATTEMPTS} times (${reasonOf(error)})`, {
          cause: error,
        });
    }
    await sleep(failures * PAUSE_MS, undefined, { signal: abort });
  }
}

async function receiveOnce(props: DownloadProps, part: string, dispatcher: Dispatcher): Promise<void> {
  const offset = sizeOf(part);
  const response = await request(props, offset, dispatcher);
  const start = startOf(response, offset);
  if (start === "complete") return;
  if (start === undefined) {
    rmSync(part, { force: true });
    throw new Error(`the server does not continue at ${offset}`);
  }
  await write(response, part, start, props);
}

/** The byte at which a response begins; `undefined` if what is on this machine cannot be the beginning of the file. */
function startOf({ status, headers }: Response, offset: number): number | "complete" | undefined {
  // Nothing is missing, or too much is there: the checksum decides.
  if (status === 416) return "complete";
  if (status !== 206) return 0;
  const start = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
  return start === String(offset) ? offset : undefined;
}

/** Writes the body of a response to the file, from a byte on. */
async function write(
  { headers, body }: Response,
  part: string,
  start: number,
  { onProgress, abort }: DownloadProps,
): Promise<void> {
  const length = headers.get("content-length");
  const size = length === null ? undefined : start + Number(length);
  let received = start;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      received += chunk.length;
      onProgress?.(received, size);
      yield chunk;
    }
  };
  const input = body === null ? Readable.from([]) : Readable.fromWeb(body);
  const output = createWriteStream(part, { flags: start === 0 ? "w" : "a" });
  await pipeline(input, counted, output, { signal: abort });
}

/** Requests a file from a byte on. */
async function request(
  { url, responseMs = 10_000, abort }: DownloadProps,
  offset: number,
  dispatcher: Dispatcher,
): Promise<Response> {
  const { fetch } = await import("undici");
  // A compressed transfer could not be continued.
  const headers = { "accept-encoding": "identity", ...(offset === 0 ? {} : { range: `bytes=${offset}-` }) };
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new Error(`no response within ${responseMs / 1000} s`));
  }, responseMs);
  const signal = abort === undefined ? silence.signal : AbortSignal.any([abort, silence.signal]);
  let response: Response;
  try {
    response = await fetch(url, { headers, dispatcher, signal });
  } catch (error) {
    abort?.throwIfAborted();
    throw new UnreachableError(`${hostOf(url)} cannot be reached (${reasonOf(error)})`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  const { ok, status } = response;
  if (status >= 500) throw new Error(`status ${status}`);
  if (!ok && status !== 416)
    throw new DownloadError(`${hostOf(url)} responded with ${status} for ${new URL(url).pathname}`);
  return response;
}

/** The innermost reason of a network error: that of `fetch` is only "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause, message, code = "no reason" } = error as NodeJS.ErrnoException;
  if (cause !== undefined) return reasonOf(cause);
  return message === "" ? code : message;
}

function hostOf(url: string): string {
  return new URL(url).host;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The algorithm of a checksum, by its length. */
function algorithmOf(checksum: string): "sha256" | "sha512" {
  return checksum.length === 64 ? "sha256" : "sha512";
}

async function checksumOf(file: string, algorithm: string): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
