import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Range of chosen ports: below the ephemeral ports of the system, since an outgoing connection could take such a port
 * between choice and use. The choice is random, so that clouds that start at the same time do not choose the same port.
 */
const RANGE = { from: 15_000, below: 30_000 } as const;

const TRIES = 50;

/** A free port of 127.0.0.1: the preferred port if it is free, else a random one. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(RANGE.from, RANGE.below);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port on 127.0.0.1 among ${TRIES} from ${RANGE.from} to ${RANGE.below}`);
}

/** Throws when a program listens on a port of 127.0.0.1. */
export async function requirePort(port: number): Promise<void> {
  if (!(await isFree(port)))
    throw new Error(
      `port ${port} of 127.0.0.1 is in use; stop the program that uses it, or choose another with --port`,
    );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
