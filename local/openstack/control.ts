import type { JsonObject } from "../http/json";
import { SERVERS } from "./compute/models";
import type { EmulatedCloud } from "./emulated-cloud";
import type { RequestLog } from "./request-log";

/** Paths of the emulator's own API, which is not part of any cloud. */
export const CONTROL = {
  /** GET: returns 200 when the emulator is ready. */
  health: "/_emulator/health",
  /** POST: removes all objects, tokens and logged requests. */
  reset: "/_emulator/reset",
  /** GET: the requests that tried to change a cloud. */
  requests: "/_emulator/requests",
  /** GET: the objects that clients have created and not deleted, per cloud. */
  objects: "/_emulator/objects",
  /** GET: the user data of each machine, which clouds show only to the machine itself. */
  userData: "/_emulator/user-data",
  /** POST: changes the quota of the project, which in a real cloud only the operator can. */
  quota: "/_emulator/quota",
} as const;

/** What the read-only paths return; `undefined` for another path. */
export function controlBody(
  path: string,
  clouds: readonly EmulatedCloud[],
  requestLog: RequestLog,
): JsonObject | undefined {
  switch (path) {
    case CONTROL.health:
      return { clouds: clouds.map(({ name }) => name) };
    case CONTROL.requests:
      return { requests: requestLog.entries.map((entry) => ({ ...entry })) };
    case CONTROL.userData:
      return { machines: clouds.flatMap(userDataOf) };
    case CONTROL.objects:
      return Object.fromEntries(
        clouds.map(({ name, store }) => [name, store.clientObjects().map((object) => ({ ...object }))]),
      );
    default:
      return undefined;
  }
}

function userDataOf({ name: cloud, store }: EmulatedCloud): readonly JsonObject[] {
  return store.all(SERVERS).map(({ name, user_data }) => ({ cloud, name, user_data }));
}
