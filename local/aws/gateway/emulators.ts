import { request } from "node:http";
import { jsonAnswer } from "./answer";
import type { Answer, Call, Forward } from "./call";
import { targetOf } from "./call";
import type { Emulator } from "./routes";
import { emulatorFor } from "./routes";

/** On which port of 127.0.0.1 each emulator listens. */
export type Ports = Readonly<Record<Emulator, number>>;

/** Of these, one hop's headers must not become the next hop's. `expect` has been answered here already. */
const HOP_BY_HOP = ["connection", "content-length", "expect", "keep-alive", "transfer-encoding"];

/** The end of every way through the rules: asks the emulator that has the call's service. */
export function toEmulators(ports: Ports): Forward {
  return (call) => {
    const emulator = emulatorFor(call);
    if (emulator === undefined) {
      const message = `the local cloud has no service "${call.service}"; add it to local/aws/gateway/routes.ts`;
      return Promise.resolve(jsonAnswer({ __type: "UnknownService", message }, 501));
    }
    return ask(ports[emulator], call);
  };
}

function ask(port: number, call: Call): Promise<Answer> {
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
