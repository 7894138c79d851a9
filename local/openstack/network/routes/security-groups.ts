import { badRequest, conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, read, text, word } from "../../api/fields";
import type { Row, World } from "../../store";
import { PORTS, SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroup } from "../models";
import { refuseBeyond } from "../queries/quotas";
import { addGroup } from "../queries/security-groups";

/** Security groups of either cloud. */
export function securityGroups(world: World): readonly Route[] {
  const view = (group: SecurityGroup): Row => ({
    ...group,
    security_group_rules: world.all(SECURITY_GROUP_RULES).filter((rule) => rule.security_group_id === group.id),
  });
  return collection(world, {
    kind: SECURITY_GROUPS,
    path: "/v2.0/security-groups",
    one: "security_group",
    many: "security_groups",
    filters: ["id", "name", "description", "tenant_id", "project_id", "tags"],
    view,
    create: (call) => {
      const given = read(call, {
        wrapper: "security_group",
        required: { name: word },
        optional: { description: text, tenant_id: word, project_id: word, stateful: flag },
      });
      if (given.name === "default")
        throw conflict("SecurityGroupDefaultAlreadyExists", "there is a group called default already");
      refuseBeyond(world, SECURITY_GROUPS);
      return addGroup(world, given);
    },
    update: (call, { id }) =>
      world.change(
        SECURITY_GROUPS,
        id,
        read(call, { wrapper: "security_group", optional: { name: word, description: text } }),
      ),
    remove: ({ id, name }) => {
      if (name === "default") throw badRequest("the default group stays", "SecurityGroupCannotRemoveDefault");
      if (world.all(PORTS).some(({ security_groups }) => security_groups.includes(id)))
        throw conflict("SecurityGroupInUse", `Security Group ${id} in use.`);
      for (const rule of world.all(SECURITY_GROUP_RULES))
        // A rule that lets the group in goes with it, wherever it stands.
        if (rule.security_group_id === id || rule.remote_group_id === id) world.remove(SECURITY_GROUP_RULES, rule.id);
      world.remove(SECURITY_GROUPS, id);
    },
  });
}
