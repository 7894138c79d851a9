import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read } from "../../api/fields";
import type { Store } from "../../store";
import { ACL_BINDINGS, ACLS } from "../models";
import { ownVpc } from "../queries/vpcs";

/** Bindings of network ACLs. They cannot be updated, and a network has at most one. */
export function aclBindings(store: Store): readonly Route[] {
  return collection(store, {
    kind: ACL_BINDINGS,
    path: "/v2.0/acl_bindings",
    singular: "acl_binding",
    plural: "acl_bindings",
    filters: ["id", "acl_id", "network_id"],
    create: (call) => {
      const { acl_id, network_id } = read(call, {
        wrapper: "acl_binding",
        required: { acl_id: nonEmptyText, network_id: nonEmptyText },
        optional: { tenant_id: nonEmptyText },
      });
      store.get(ACLS, acl_id);
      ownVpc(store, network_id);
      const other = store.all(ACL_BINDINGS).find((binding) => binding.network_id === network_id);
      if (other !== undefined)
        throw conflict("AclBindingExists", `network ${network_id} is bound to network ACL ${other.acl_id} already`);
      return store.add(ACL_BINDINGS, { ...OWNER, id: store.newId(), acl_id, network_id });
    },
    remove: ({ id }) => store.remove(ACL_BINDINGS, id),
  });
}
