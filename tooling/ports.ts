import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Where ports are looked for: below those that systems give to outgoing connections, one of which could take a port
 * between our choice and its use; and at random, so that clouds that start in the same moment do not choose the same.
 */
const RANGE = { from: 15_000, below: 30_000 } as const;

const TRIES = 50;

/** A port of 127.0.0.1 that nobody listens on: the preferred one if it is free, else any. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(RANGE.from, RANGE.below);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port on 127.0.0.1 among ${TRIES} from ${RANGE.from} to ${RANGE.below}`);
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
