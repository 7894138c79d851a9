import { join } from "node:path";
import type { Emulator } from "./emulator";
import type { Sockets } from "./gateway/emulators";
import { CONTROL } from "./gateway/server";

/** The gateway in front of the emulators, as a process of its own. */
export function gateway(port: number, { moto, ministack }: Sockets): Emulator {
  return {
    name: "gateway",
    command: process.execPath,
    args: [join(__dirname, "gateway/main.js"), String(port), moto, ministack],
    env: {},
    address: { port },
    healthPath: CONTROL.health,
    resetPath: CONTROL.reset,
  };
}
