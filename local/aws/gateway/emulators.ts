import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { jsonResponse } from "./response";
import { type Call, type Forward, type GatewayResponse, targetOf } from "./call";
import { type Emulator, emulatorFor, requireOwnPath, requireSignature } from "./routes";

/** Path of the Unix socket of each emulator. */
export type Sockets = Readonly<Record<Emulator, string>>;

/**
 * Headers of clients that are not forwarded: those of one connection, those with which a client could select another service or
 * operation than the one of its signature, and those of browsers. The gateway itself has responded to `expect`.
 */
const NOT_FORWARDED =
  /^(?:connection|content-length|cookie|expect|forwarded|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade)$|^proxy-|^sec-|^x-forwarded-|^x-groundwork-|^x-http-method|_/;

/** Headers of responses that permit web pages to read them, or that apply to one connection only. */
const NOT_RETURNED = /^access-control-|^keep-alive$/;

/** Size in bytes up to which a response is buffered. */
const MAX_RESPONSE = 64 * 1024 * 1024;

/** Size in bytes from which an S3 object is passed on while it is received. */
const STREAMED = 1024 * 1024;

/** Forwards calls to the emulator of their service, after all rules. */
export function toEmulators(sockets: Sockets): Forward {
  return async (call) => {
    const emulator = emulatorFor(call);
    if (emulator === undefined) {
      const message = `the local cloud has no service "${call.service}"; add it to local/aws/gateway/routes.ts`;
      return jsonResponse({ __type: "UnknownService", message }, 501);
    }
    requireSignature(call);
    requireOwnPath(call);
    return await send(sockets[emulator], call);
  };
}

/** The headers of a call for an emulator. The address of the client is not forwarded: emulators select services by it. */
function headersFor({ headers, body }: Call): OutgoingHttpHeaders {
  const forwarded = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.test(name));
  return { ...Object.fromEntries(forwarded), host: "127.0.0.1", "content-length": body.length };
}

function send(socketPath: string, call: Call): Promise<GatewayResponse> {
  return new Promise((resolve, reject) => {
    const options = { socketPath, method: call.method, path: targetOf(call), headers: headersFor(call) };
    const outgoing = request(options, (incoming) => {
      receive(call, incoming).then(resolve, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(call.body);
  });
}

async function receive({ service, method }: Call, incoming: IncomingMessage): Promise<GatewayResponse> {
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !NOT_RETURNED.test(name)));
  const head = { status: incoming.statusCode ?? 502, headers };
  const isObject = method === "GET" && (service === "" || service === "s3");
  if (isObject && Number(headers["content-length"] ?? 0) >= STREAMED)
    return { ...head, body: Buffer.alloc(0), stream: incoming };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > MAX_RESPONSE) throw new Error(`the response of the emulator is larger than ${MAX_RESPONSE} bytes`);
    chunks.push(chunk as Buffer);
  }
  return { ...head, body: Buffer.concat(chunks) };
}
