import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { flag, read, text, word } from "../fields";
import { badRequest, conflict } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { PORTS } from "./ports";
import { refuseBeyond } from "./quotas";
import { addRule, SECURITY_GROUP_RULES } from "./security-group-rules";
import { now } from "./times";

/** A list of what may reach a port, and whom it may reach. */
export interface SecurityGroup extends Row {
  readonly name: string;
  readonly description: string;
}

export const SECURITY_GROUPS = new Kind<SecurityGroup>("Security group");

/** Adds a group that lets everything out, as every new one does. */
export function addGroup(
  world: World,
  given: { readonly name: string; readonly description?: string },
  provided = false,
): SecurityGroup {
  const group = world.add(
    SECURITY_GROUPS,
    {
      ...OWNER,
      id: world.newId(),
      description: "",
      stateful: true,
      shared: false,
      tags: [],
      created_at: now(),
      updated_at: now(),
      ...given,
    },
    { provided },
  );
  for (const ethertype of ["IPv4", "IPv6"] as const)
    addRule(world, { security_group_id: group.id, direction: "egress", ethertype }, provided);
  return group;
}

/** The group of ports that name none. */
export function defaultGroup(world: World): SecurityGroup {
  return (
    world.all(SECURITY_GROUPS).find(({ name }) => name === "default") ?? addGroup(world, { name: "default" }, true)
  );
}

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
