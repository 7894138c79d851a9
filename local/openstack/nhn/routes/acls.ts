import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, text, word } from "../../api/fields";
import { refuseBeyond } from "../../network/queries/quotas";
import { now } from "../../network/timestamps";
import type { World } from "../../store";
import { ACL_BINDINGS, ACL_RULES, ACLS } from "../models";
import { addFirstAndLast } from "../queries/acl-rules";

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
