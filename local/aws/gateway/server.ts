import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { jsonAnswer, jsonOf } from "./answer";
import type { Answer, Call, Forward } from "./call";
import { readCall } from "./call";
import type { Ports } from "./emulators";
import { toEmulators } from "./emulators";
import type { Faults } from "./faults";
import { FaultInjection, NO_FAULTS } from "./faults";
import { through } from "./rule";
import { makeRules } from "./rules";

/** Paths by which the local cloud itself talks to the gateway; no AWS service has them. */
export const CONTROL = { health: "/_gateway/health", reset: "/_gateway/reset", faults: "/_gateway/faults" } as const;

/**
 * Defines the one address behind which both emulators stand as if they were AWS.
 *
 * Each call goes through the fault switch, then the rules, then to the emulator of its service.
 */
export class Gateway {
  private readonly faults = new FaultInjection();
  private readonly emulators: Forward;
  private rules = makeRules();
  private calls = 0;
  private open = 0;

  constructor(
    ports: Ports,
    private readonly log: (line: string) => void,
  ) {
    this.emulators = toEmulators(ports);
  }

  /** A server that is not listening yet. Listen on 127.0.0.1 only: whoever reaches it owns the account. */
  createServer(): Server {
    return createServer((request, response) => void this.serve(request, response));
  }

  /** Answers one call. */
  async answer(call: Call): Promise<Answer> {
    if (call.path.startsWith("/_gateway/")) return this.control(call);
    this.calls += 1;
    this.open += 1;
    try {
      return await through([this.faults, ...this.rules], this.emulators)(call);
    } finally {
      this.open -= 1;
    }
  }

  private control(call: Call): Answer {
    switch (call.path) {
      case CONTROL.health:
        // `open` calls are still being done, even when their clients have hung up.
        return jsonAnswer({ calls: this.calls, open: this.open, faults: this.faults.injected });
      case CONTROL.reset:
        this.rules = makeRules();
        this.faults.set(NO_FAULTS);
        return jsonAnswer({});
      case CONTROL.faults:
        this.faults.set(jsonOf(call) as unknown as Faults);
        return jsonAnswer({});
      default:
        return jsonAnswer({ message: `no ${call.path} here` }, 404);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = "GET", url = "/", headers } = request;
      const call = readCall({ method, url, headers, body: Buffer.concat(chunks) });
      const begun = Date.now();
      const answer = await this.answer(call);
      // Never bodies or headers: they may hold secrets.
      this.log(
        `${answer.status} ${call.service || "-"} ${call.action || `${method} ${call.path}`} ${Date.now() - begun} ms`,
      );
      send(method, answer, response);
    } catch (error) {
      this.log(
        `502 ${request.method ?? ""} ${request.url ?? ""}: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (!response.headersSent) response.writeHead(502);
      response.end();
    }
  }
}

/** Sends an answer. A rule may have changed the body's length; for HEAD the length is that of the body nobody sends. */
function send(method: string, { status, headers, body }: Answer, response: ServerResponse): void {
  const { "content-length": length, "transfer-encoding": _encoding, connection: _connection, ...kept } = headers;
  const sent = method === "HEAD" ? length : body.length;
  response.writeHead(status, sent === undefined || status === 204 ? kept : { ...kept, "content-length": sent });
  response.end(method === "HEAD" ? undefined : body);
}
