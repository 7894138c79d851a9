import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { CONNECTIONS } from "../../http/connections";
import { requireLocalRequest } from "../../http/origin";
import { RejectedRequest, sendRejection } from "../../http/rejected-request";
import { RequestBodies } from "../../http/request-bodies";
import { jsonResponse, jsonOf } from "./response";
import { type Call, type Forward, type GatewayResponse, partsOf, readCall } from "./call";
import { readScope } from "./credentials";
import { decompress } from "./decompression";
import { type Sockets, toEmulators } from "./emulators";
import { FaultInjection, type Faults, NO_FAULTS } from "./faults";
import { through } from "./rule";
import { createRules } from "./rules";
import { EksMemory } from "./rules/eks/memory";
import { isWebsiteRequest } from "./rules/website";

/** Paths with which the local cloud controls the gateway: GET health and node groups, POST reset, PUT faults. No AWS service uses them. */
export const CONTROL = {
  health: "/_gateway/health",
  reset: "/_gateway/reset",
  faults: "/_gateway/faults",
  nodeGroups: "/_gateway/node-groups",
} as const;

/** Maximum size of a request body in MiB: parts of S3 uploads have 8 MiB, other requests less than one. */
const MAX_BODY = { s3: 64, others: 4, all: 192 } as const;

/**
 * Serves both emulators on one address, like an AWS endpoint.
 *
 * Each call passes fault injection, then the rules, then reaches the emulator of its service.
 */
export class Gateway {
  private readonly faults = new FaultInjection();
  private readonly bodies = new RequestBodies(MAX_BODY.all);
  private readonly emulators: Forward;
  private eks = new EksMemory();
  private rules = createRules(this.eks);
  private calls = 0;
  private open = 0;

  constructor(
    sockets: Sockets,
    private readonly log: (line: string) => void,
  ) {
    this.emulators = toEmulators(sockets);
  }

  /** Creates a server that is not listening yet. Listen on 127.0.0.1 only: every client has full access to the account. */
  createServer(): Server {
    return createServer(CONNECTIONS, (request, response) => void this.serve(request, response));
  }

  /** Handles one call. */
  async handle(call: Call): Promise<GatewayResponse> {
    if (call.path.startsWith("/_gateway/") && !isWebsiteRequest(call.method, call.headers, call.headers.host ?? ""))
      return this.control(call);
    this.calls += 1;
    this.open += 1;
    try {
      return await through([this.faults, ...this.rules], this.emulators)(call);
    } finally {
      this.open -= 1;
    }
  }

  private control(call: Call): GatewayResponse {
    switch (`${call.method} ${call.path}`) {
      case `GET ${CONTROL.health}`:
        // `open` calls are in progress, including those whose client has disconnected.
        return jsonResponse({ calls: this.calls, open: this.open, faults: this.faults.injected });
      case `POST ${CONTROL.reset}`:
        this.eks = new EksMemory();
        this.rules = createRules(this.eks);
        this.faults.set(NO_FAULTS);
        return jsonResponse({});
      case `PUT ${CONTROL.faults}`:
        this.faults.set(jsonOf(call) as unknown as Faults);
        return jsonResponse({});
      case `GET ${CONTROL.nodeGroups}`:
        return jsonResponse({ nodeGroups: this.eks.nodeGroups().map((group) => ({ ...group })) });
      default:
        return jsonResponse({ message: `no ${call.path} here` }, 404);
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    try {
      requireLocalRequest(request, (host) => isWebsiteRequest(method, headers, host));
      const { service } = readScope(headers, partsOf(url).query);
      const isS3 = service === "" || service === "s3";
      await this.bodies.read(request, isS3 ? MAX_BODY.s3 : MAX_BODY.others, async (body) => {
        const received = { method, url, headers, body };
        const call = readCall(isS3 ? received : decompress(received, MAX_BODY.others));
        const startedAt = Date.now();
        const result = await this.handle(call);
        this.log(`${result.status} ${describe(call)} ${Date.now() - startedAt} ms`);
        await send(method, result, response);
      });
    } catch (error) {
      this.fail(request, response, error);
    }
  }

  private fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const rejection =
      error instanceof RejectedRequest ? error : new RejectedRequest(502, "an emulator failed; see the gateway's log");
    const message = error instanceof Error ? error.message : String(error);
    this.log(`${rejection.status} ${request.method ?? ""} ${pathOf(request)}: ${message}`);
    if (response.headersSent) response.destroy();
    else sendRejection(request, response, rejection);
  }
}

/** The path without the query, which may contain a signature. */
function pathOf({ url = "" }: IncomingMessage): string {
  return JSON.stringify(partsOf(url).path).replace(/[^ -~]/g, "?");
}

/** A call as one line of the log. Bodies and headers are never logged: they may contain secrets. */
function describe({ service, action, method, path }: Call): string {
  const operation = action || `${method} ${path}`;
  return `${service || "-"} ${operation.replace(/[^ -~]/g, "?")}`;
}

/** Sends a response. A rule may have changed the body's length; for HEAD the length is that of the omitted body. */
async function send(method: string, result: GatewayResponse, response: ServerResponse): Promise<void> {
  const { status, headers, body, stream } = result;
  const { "content-length": length, "transfer-encoding": _encoding, connection: _connection, ...kept } = headers;
  const sent = method === "HEAD" || stream !== undefined ? length : body.length;
  response.writeHead(status, sent === undefined || status === 204 ? kept : { ...kept, "content-length": sent });
  if (stream !== undefined) await pipeline(stream, response);
  else response.end(method === "HEAD" ? undefined : body);
}
