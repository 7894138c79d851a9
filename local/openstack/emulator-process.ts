import { join } from "node:path";
import type { Emulator } from "../aws/emulator";
import { CONTROL } from "./server";

/** NHN Cloud and a standard OpenStack, as a process beside the emulators of AWS. */
export function openstack(port: number): Emulator {
  return {
    name: "openstack",
    command: process.execPath,
    args: [join(__dirname, "main.js"), String(port)],
    env: {},
    port,
    healthPath: CONTROL.health,
    resetPath: CONTROL.reset,
  };
}
