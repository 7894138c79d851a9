import { join } from "node:path";
import type { Emulator } from "./emulator";
import type { Ports } from "./gateway/emulators";
import { CONTROL } from "./gateway/server";

/** The gateway in front of the emulators, as a process of its own. */
export function gateway(port: number, emulators: Ports): Emulator {
  return {
    name: "gateway",
    command: process.execPath,
    args: [join(__dirname, "gateway/main.js"), String(port), String(emulators.moto), String(emulators.ministack)],
    env: {},
    port,
    healthPath: CONTROL.health,
    resetPath: CONTROL.reset,
  };
}
