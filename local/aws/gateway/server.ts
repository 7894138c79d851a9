import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { jsonResponse, jsonOf } from "./response";
import { type Call, type Forward, type GatewayResponse, readCall } from "./call";
import { type Ports, toEmulators } from "./emulators";
import { FaultInjection, type Faults, NO_FAULTS } from "./faults";
import { through } from "./rule";
import { createRules } from "./rules";

/** Paths with which the local cloud controls the gateway; no AWS service uses them. */
export const CONTROL = { health: "/_gateway/health", reset: "/_gateway/reset", faults: "/_gateway/faults" } as const;

/**
 * Serves both emulators on one address, like an AWS endpoint.
 *
 * Each call passes fault injection, then the rules, then reaches the emulator of its service.
 */
export class Gateway {
  private readonly faults = new FaultInjection();
  private readonly emulators: Forward;
  private rules = createRules();
  private calls = 0;
  private open = 0;

  constructor(
    ports: Ports,
    private readonly log: (line: string) => void,
  ) {
    this.emulators = toEmulators(ports);
  }

  /** Creates a server that is not listening yet. Listen on 127.0.0.1 only: every client has full access to the account. */
  createServer(): Server {
    return createServer((request, response) => void this.serve(request, response));
  }

  /** Handles one call. */
  async handle(call: Call): Promise<GatewayResponse> {
    if (call.path.startsWith("/_gateway/")) return this.control(call);
    this.calls += 1;
    this.open += 1;
    try {
      return await through([this.faults, ...this.rules], this.emulators)(call);
    } finally {
      this.open -= 1;
    }
  }

  private control(call: Call): GatewayResponse {
    switch (call.path) {
      case CONTROL.health:
        // `open` calls are in progress, including those whose client has disconnected.
        return jsonResponse({ calls: this.calls, open: this.open, faults: this.faults.injected });
      case CONTROL.reset:
        this.rules = createRules();
        this.faults.set(NO_FAULTS);
        return jsonResponse({});
      case CONTROL.faults:
        this.faults.set(jsonOf(call) as unknown as Faults);
        return jsonResponse({});
      default:
        return jsonResponse({ message: `no ${call.path} here` }, 404);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const call = readCall({ method, url, headers, body: Buffer.concat(chunks) });
      const startedAt = Date.now();
      const result = await this.handle(call);
      this.log(`${result.status} ${describe(call)} ${Date.now() - startedAt} ms`);
      send(method, result, response);
    } catch (error) {
      this.log(`502 ${method} ${url}: ${error instanceof Error ? error.message : String(error)}`);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    }
  }
}

/** A call for the log. Bodies and headers are never logged: they may contain secrets. */
function describe({ service, action, method, path }: Call): string {
  return `${service || "-"} ${action || `${method} ${path}`}`;
}

/** Sends a response. A rule may have changed the body's length; for HEAD the length is that of the omitted body. */
function send(method: string, { status, headers, body }: GatewayResponse, response: ServerResponse): void {
  const { "content-length": length, "transfer-encoding": _encoding, connection: _connection, ...kept } = headers;
  const sent = method === "HEAD" ? length : body.length;
  response.writeHead(status, sent === undefined || status === 204 ? kept : { ...kept, "content-length": sent });
  response.end(method === "HEAD" ? undefined : body);
}
