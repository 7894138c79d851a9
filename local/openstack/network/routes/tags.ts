import { param, type Route } from "../../api/call";
import { list, read, text } from "../../api/fields";
import type { Kind, Row, Store } from "../../store";
import { FLOATING_IPS, NETWORKS, PORTS, ROUTERS, SECURITY_GROUPS, SUBNETS } from "../models";

const TAGGED: Readonly<Record<string, Kind<Row>>> = {
  networks: NETWORKS,
  subnets: SUBNETS,
  ports: PORTS,
  routers: ROUTERS,
  floatingips: FLOATING_IPS,
  "security-groups": SECURITY_GROUPS,
};

/** Tags of network objects. */
export function tags(store: Store): readonly Route[] {
  return Object.entries(TAGGED).map(([path, kind]) => ({
    method: "PUT",
    path: `/v2.0/${path}/:id/tags`,
    handle: (call) => {
      const given = read(call, { required: { tags: list(text) } });
      return { body: { tags: store.change(kind, param(call), { tags: given.tags })["tags"] } };
    },
  }));
}
