import { OWNER } from "../../account";
import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, word } from "../../api/fields";
import type { World } from "../../store";
import { ACL_BINDINGS, ACLS } from "../models";
import { ownVpc } from "../queries/vpcs";

/** Bindings of network ACLs of NHN Cloud. None can be changed, and a network has one at most. */
export function aclBindings(world: World): readonly Route[] {
  return collection(world, {
    kind: ACL_BINDINGS,
    path: "/v2.0/acl_bindings",
    one: "acl_binding",
    many: "acl_bindings",
    filters: ["id", "acl_id", "network_id"],
    create: (call) => {
      const { acl_id, network_id } = read(call, {
        wrapper: "acl_binding",
        required: { acl_id: word, network_id: word },
        optional: { tenant_id: word },
      });
      world.get(ACLS, acl_id);
      ownVpc(world, network_id);
      const other = world.all(ACL_BINDINGS).find((binding) => binding.network_id === network_id);
      if (other !== undefined)
        throw conflict("AclBindingExists", `network ${network_id} is bound to network ACL ${other.acl_id} already`);
      return world.add(ACL_BINDINGS, { ...OWNER, id: world.newId(), acl_id, network_id });
    },
    remove: ({ id }) => world.remove(ACL_BINDINGS, id),
  });
}
