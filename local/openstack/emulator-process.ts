import { join } from "node:path";
import type { Emulator } from "../aws/emulator";
import { CONTROL } from "./control";

/** The emulator of OpenStack and NHN Cloud, as a process of the local cloud. */
export function openstackProcess(port: number): Emulator {
  return {
    name: "openstack",
    command: process.execPath,
    args: [join(__dirname, "main.js"), String(port)],
    env: {},
    address: { port },
    healthPath: CONTROL.health,
    resetPath: CONTROL.reset,
  };
}
