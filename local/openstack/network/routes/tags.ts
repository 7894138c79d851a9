import { param, type Route } from "../../api/call";
import { list, read, text } from "../../api/fields";
import type { Kind, Row, World } from "../../store";
import { FLOATING_IPS, NETWORKS, PORTS, ROUTERS, SECURITY_GROUPS, SUBNETS } from "../models";

const TAGGED: Readonly<Record<string, Kind<Row>>> = {
  networks: NETWORKS,
  subnets: SUBNETS,
  ports: PORTS,
  routers: ROUTERS,
  floatingips: FLOATING_IPS,
  "security-groups": SECURITY_GROUPS,
};

/** Words that a client hangs on what it has made. */
export function tags(world: World): readonly Route[] {
  return Object.entries(TAGGED).map(([path, kind]) => ({
    method: "PUT",
    path: `/v2.0/${path}/:id/tags`,
    answer: (call) => {
      const given = read(call, { required: { tags: list(text) } });
      return { body: { tags: world.change(kind, param(call), { tags: given.tags })["tags"] } };
    },
  }));
}
