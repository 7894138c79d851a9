import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { read, text, word } from "../fields";
import { conflict } from "../refusal";
import { refuseBeyond } from "../network/quotas";
import { now } from "../network/times";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { ACL_BINDINGS } from "./acl-bindings";
import { ACL_RULES, addFirstAndLast } from "./acl-rules";

/** A list of what may pass the edge of a network, without a memory of what passed before. */
export interface Acl extends Row {
  readonly name: string;
  readonly description: string;
  readonly revision_number: number;
}

export const ACLS = new Kind<Acl>("Network ACL");

/** Network ACLs of NHN Cloud. */
export function acls(world: World): readonly Route[] {
  return collection(world, {
    kind: ACLS,
    path: "/v2.0/acls",
    one: "acl",
    many: "acls",
    filters: ["id", "name"],
    create: (call) => {
      const given = read(call, { wrapper: "acl", optional: { name: text, description: text, tenant_id: word } });
      refuseBeyond(world, ACLS);
      const times = { created_at: now(), updated_at: now() };
      const acl = world.add(ACLS, {
        ...OWNER,
        name: "",
        description: "",
        ...times,
        revision_number: 0,
        ...given,
        id: world.newId(),
      });
      addFirstAndLast(world, acl.id);
      return acl;
    },
    update: (call, { id, revision_number }) => {
      const given = read(call, { wrapper: "acl", optional: { name: text, description: text } });
      return world.change(ACLS, id, { ...given, revision_number: revision_number + 1, updated_at: now() });
    },
    remove: ({ id }) => {
      const binding = world.all(ACL_BINDINGS).find(({ acl_id }) => acl_id === id);
      if (binding !== undefined)
        throw conflict("AclInUse", `network ACL ${id} is bound to network ${binding.network_id}`);
      for (const rule of world.all(ACL_RULES)) if (rule.acl_id === id) world.remove(ACL_RULES, rule.id);
      world.remove(ACLS, id);
    },
  });
}
