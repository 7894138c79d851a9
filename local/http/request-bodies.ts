import type { IncomingMessage } from "node:http";
import { RejectedRequest } from "./rejected-request";

const MEBIBYTE = 1024 * 1024;

/** Reads the bodies of requests into memory, up to a limit for each and a limit for all requests in progress. */
export class RequestBodies {
  private bytes = 0;

  /** The limit of all requests in progress, in MiB. */
  constructor(private readonly total: number) {}

  /** Number of bytes in memory. */
  get buffered(): number {
    return this.bytes;
  }

  /** Reads a body of at most `limit` MiB and passes it on; the body counts until the result is there. */
  async read<T>(message: IncomingMessage, limit: number, use: (body: Buffer) => T | Promise<T>): Promise<T> {
    const tooLarge = new RejectedRequest(413, `the body of the request is larger than ${limit} MiB`);
    if (Number(message.headers["content-length"] ?? 0) > limit * MEBIBYTE) throw tooLarge;
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      // Not destroyed when the loop ends early: the client could not receive the response.
      for await (const chunk of message.iterator({ destroyOnReturn: false })) {
        const { length } = chunk as Buffer;
        size += length;
        this.bytes += length;
        if (size > limit * MEBIBYTE) throw tooLarge;
        if (this.bytes > this.total * MEBIBYTE)
          throw new RejectedRequest(503, `the bodies of all requests in progress are larger than ${this.total} MiB`);
        chunks.push(chunk as Buffer);
      }
      return await use(Buffer.concat(chunks));
    } finally {
      this.bytes -= size;
    }
  }
}
