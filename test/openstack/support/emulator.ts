import type { AddressInfo } from "node:net";
import { CREDENTIALS, STANDARD } from "@groundwork/local/openstack/account";
import { OpenStackEmulator } from "@groundwork/local/openstack/server";
import type { Credentials } from "@groundwork/local/real-openstack/api";

/** A running emulator of a standard OpenStack. */
export interface RunningEmulator {
  readonly authUrl: string;
  readonly credentials: Credentials;
  close(): void;
}

/** Starts an emulator on a free port of 127.0.0.1. */
export async function startEmulator(): Promise<RunningEmulator> {
  const server = new OpenStackEmulator(() => undefined).createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { username: userName, password } = CREDENTIALS;
  return {
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${STANDARD.identity}`,
    credentials: { userName, password, projectName: "local" },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
