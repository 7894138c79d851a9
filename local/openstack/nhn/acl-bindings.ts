import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { read, word } from "../fields";
import { conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { ACLS } from "./acls";
import { ownVpc } from "./vpcs";

/** A network ACL at the edge of a whole VPC. */
export interface AclBinding extends Row {
  readonly acl_id: string;
  readonly network_id: string;
}

export const ACL_BINDINGS = new Kind<AclBinding>("Network ACL binding");

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
