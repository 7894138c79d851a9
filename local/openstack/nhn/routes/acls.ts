import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read, text } from "../../api/fields";
import { rejectBeyondQuota } from "../../network/queries/quotas";
import { now } from "../../network/timestamps";
import type { Store } from "../../store";
import { ACL_BINDINGS, ACL_RULES, ACLS } from "../models";
import { addDefaultRules } from "../queries/acl-rules";

/** Network ACLs. */
export function acls(store: Store): readonly Route[] {
  return collection(store, {
    kind: ACLS,
    path: "/v2.0/acls",
    singular: "acl",
    plural: "acls",
    filters: ["id", "name"],
    create: (call) => {
      const given = read(call, {
        wrapper: "acl",
        optional: { name: text, description: text, tenant_id: nonEmptyText },
      });
      rejectBeyondQuota(store, ACLS);
      const times = { created_at: now(), updated_at: now() };
      const acl = store.add(ACLS, {
        ...OWNER,
        name: "",
        description: "",
        ...times,
        revision_number: 0,
        ...given,
        id: store.newId(),
      });
      addDefaultRules(store, acl.id);
      return acl;
    },
    update: (call, { id, revision_number }) => {
      const given = read(call, { wrapper: "acl", optional: { name: text, description: text } });
      return store.change(ACLS, id, { ...given, revision_number: revision_number + 1, updated_at: now() });
    },
    remove: ({ id }) => {
      const binding = store.all(ACL_BINDINGS).find(({ acl_id }) => acl_id === id);
      if (binding !== undefined)
        throw conflict("AclInUse", `network ACL ${id} is bound to network ${binding.network_id}`);
      for (const rule of store.all(ACL_RULES)) if (rule.acl_id === id) store.remove(ACL_RULES, rule.id);
      store.remove(ACLS, id);
    },
  });
}
