import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request to a stand-in. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
  readonly body: string;
}

/** A response of a stand-in. */
export interface Response {
  readonly status: number;
  readonly body?: unknown;
}

/** A JSON server on a free port of 127.0.0.1. */
export class Loopback {
  static async start(respond: (request: Request) => Response): Promise<Loopback> {
    const server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const { pathname, searchParams } = new URL(incoming.url ?? "", "http://localhost");
        const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? "")?.[1];
        const request = { method: incoming.method ?? "", path: pathname, query: searchParams, token };
        const { status, body } = respond({ ...request, body: Buffer.concat(chunks).toString() });
        outgoing.writeHead(status, { "Content-Type": "application/json" });
        outgoing.end(body === undefined ? "" : JSON.stringify(body));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Loopback(server);
  }

  readonly port: number;

  private constructor(private readonly server: Server) {
    this.port = (server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
