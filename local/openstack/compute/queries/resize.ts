import { conflict } from "../../api/api-error";
import type { Call, Reply } from "../../api/call";
import { nonEmptyText, read } from "../../api/fields";
import type { Store } from "../../store";
import { FLAVORS, type Server, SERVERS } from "../models";

/**
 * Changes the flavor of a machine.
 *
 * Standard OpenStack then waits in `VERIFY_RESIZE` for a confirmation. NHN Cloud confirms the resize itself, so a client that waits
 * for that status waits forever.
 */
export function resize(store: Store, call: Call, server: Server, confirmsAutomatically: boolean): Reply {
  const { flavorRef } = read(call, { wrapper: "resize", required: { flavorRef: nonEmptyText } });
  if (flavorRef === server.flavor_id) throw conflict("Conflict", "When resizing, instances must change flavor!");
  const { id: flavor_id } = store.get(FLAVORS, flavorRef);
  const { id } = server;
  const before = server.status === "SHUTOFF" ? "SHUTOFF" : "ACTIVE";
  store.change(SERVERS, id, { status: "RESIZE", task_state: "resize_prep", flavor_id, before });
  const status = confirmsAutomatically ? before : "VERIFY_RESIZE";
  store.afterPolls(SERVERS, id, 1, () => store.change(SERVERS, id, { status, task_state: null }));
  return {};
}

/** Confirms a resize. */
export function confirmResize(store: Store, server: Server): Reply {
  if (server.status !== "VERIFY_RESIZE")
    throw conflict("Conflict", `Instance ${server.id} has not been resized, or has not finished`);
  store.change(SERVERS, server.id, { status: server.before });
  return {};
}
