import { request } from "node:http";
import { jsonResponse } from "./response";
import { type Call, type Forward, type GatewayResponse, targetOf } from "./call";
import { type Emulator, emulatorFor } from "./routes";

/** Port of each emulator on 127.0.0.1. */
export type Ports = Readonly<Record<Emulator, number>>;

/** Headers that apply to one connection only and are not forwarded. The gateway itself has responded to `expect`. */
const HOP_BY_HOP = ["connection", "content-length", "expect", "keep-alive", "transfer-encoding"];

/** Forwards calls to the emulator of their service, after all rules. */
export function toEmulators(ports: Ports): Forward {
  return (call) => {
    const emulator = emulatorFor(call);
    if (emulator === undefined) {
      const message = `the local cloud has no service "${call.service}"; add it to local/aws/gateway/routes.ts`;
      return Promise.resolve(jsonResponse({ __type: "UnknownService", message }, 501));
    }
    return send(ports[emulator], call);
  };
}

function send(port: number, call: Call): Promise<GatewayResponse> {
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        method: call.method,
        path: targetOf(call),
        headers: { ...headers, "content-length": call.body.length },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          resolve({ status: incoming.statusCode ?? 502, headers: incoming.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(call.body);
  });
}
