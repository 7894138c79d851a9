import { request } from "node:http";
import type { ProcessIdentity } from "@groundwork/tooling/process/background";

/** Where a process of the local cloud listens: on a port of 127.0.0.1, or on a Unix socket that only this user can reach. */
export type Address = { readonly port: number } | { readonly socketPath: string };

/** How one process of the local cloud is started, checked and reset. */
export interface Emulator {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment of the process, which is otherwise empty. */
  readonly env: Readonly<Record<string, string>>;
  readonly address: Address;
  /** Path that returns 200 once the emulator is ready. */
  readonly healthPath: string;
  /** A POST to this path deletes all data. */
  readonly resetPath: string;
}

/** A started process of the local cloud. */
export interface RunningEmulator {
  readonly name: string;
  readonly address: Address;
  readonly process: ProcessIdentity;
  readonly healthPath: string;
  readonly resetPath: string;
}

/** Header of requests to an emulator's own API. The gateway removes it from the requests of clients. */
export const CONTROL_HEADER = "x-groundwork-control";

/** Whether an emulator is ready. */
export async function isHealthy({
  address,
  healthPath,
}: Pick<RunningEmulator, "address" | "healthPath">): Promise<boolean> {
  try {
    return (await send(address, "GET", healthPath, 2_000)) < 300;
  } catch {
    return false;
  }
}

/** Deletes all data of an emulator. */
export async function resetEmulator({ name, address, resetPath }: RunningEmulator): Promise<void> {
  const status = await send(address, "POST", resetPath, 30_000);
  if (status >= 300) throw new Error(`${name} could not be reset: ${status}`);
}

/** Sends a request to an emulator's own API and returns the status. */
function send(address: Address, method: string, path: string, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", ...address, method, path, headers: { [CONTROL_HEADER]: "1" }, agent: false },
      (incoming) => {
        incoming.resume();
        incoming.once("error", reject);
        incoming.once("end", () => {
          resolve(incoming.statusCode ?? 502);
        });
      },
    );
    outgoing.setTimeout(timeout, () => outgoing.destroy(new Error(`no response within ${timeout} ms`)));
    outgoing.once("error", reject);
    outgoing.end();
  });
}
