import { conflict } from "../../api/api-error";
import type { Route } from "../../api/call";
import { collection } from "../../api/collection";
import { flag, nonEmptyText, read, shortText } from "../../api/fields";
import type { Row, Store } from "../../store";
import { PORTS, SECURITY_GROUP_RULES, SECURITY_GROUPS, type SecurityGroup } from "../models";
import { rejectBeyondQuota } from "../queries/quotas";
import { addGroup } from "../queries/security-groups";

/** Security groups, on both clouds. */
export function securityGroups(store: Store): readonly Route[] {
  const view = (group: SecurityGroup): Row => ({
    ...group,
    security_group_rules: store.all(SECURITY_GROUP_RULES).filter((rule) => rule.security_group_id === group.id),
  });
  return collection(store, {
    kind: SECURITY_GROUPS,
    path: "/v2.0/security-groups",
    singular: "security_group",
    plural: "security_groups",
    filters: ["id", "name", "description", "tenant_id", "project_id", "tags"],
    view,
    create: (call) => {
      const given = read(call, {
        wrapper: "security_group",
        optional: {
          name: shortText,
          description: shortText,
          tenant_id: nonEmptyText,
          project_id: nonEmptyText,
          stateful: flag,
        },
      });
      if (given.name === "default")
        throw conflict("SecurityGroupDefaultAlreadyExists", "there is a group called default already");
      rejectBeyondQuota(store, SECURITY_GROUPS);
      return addGroup(store, { name: "", ...given });
    },
    update: (call, { id }) =>
      store.change(
        SECURITY_GROUPS,
        id,
        read(call, { wrapper: "security_group", optional: { name: shortText, description: shortText } }),
      ),
    remove: ({ id, name }) => {
      if (name === "default" || store.all(PORTS).some(({ security_groups }) => security_groups.includes(id)))
        throw conflict("SecurityGroupInUse", `Security Group ${id} in use.`);
      for (const rule of store.all(SECURITY_GROUP_RULES))
        // Rules of other groups that refer to the group are deleted too.
        if (rule.security_group_id === id || rule.remote_group_id === id) store.remove(SECURITY_GROUP_RULES, rule.id);
      store.remove(SECURITY_GROUPS, id);
    },
  });
}
