import type { Construct } from "constructs";
import { isToken } from "../../core/token";
import type { Violation } from "../../core/violation";
import { MACHINE_NAME } from "../limits";
import { OST012, OST013, OST015, OST016 } from "../rules";
import type { InstanceProps } from "./instance";

/** Rejects a machine that the cloud would reject, or would create with other properties than requested. */
export function checkMachine(at: Construct, name: string, props: InstanceProps): void {
  const { nics, securityGroups, serverGroup } = props;
  const { cloud } = nics[0];
  if (!isToken(name) && (name.length > MACHINE_NAME.maxLength || !MACHINE_NAME.pattern.test(name)))
    throw OST015.violation({
      at,
      given: `machine name "${name}" (${name.length} characters)`,
      fix: "use at most 63 lower-case letters, digits and hyphens, starting with a letter",
    });
  if (nics.length > cloud.nics)
    throw OST012.violation({
      at,
      given: `${nics.length} network interfaces`,
      fix: `use at most ${cloud.nics}, the maximum of ${cloud.name}`,
    });
  if (securityGroups !== undefined && nics.some(({ isNew }) => !isNew))
    throw OST013.violation({
      at,
      given: "security groups together with an existing port",
      fix: "set the groups on the port, and on each Nic.in() that needs other groups",
    });
  if (serverGroup !== undefined && !cloud.policies.includes(serverGroup.placement.policy))
    throw OST016.violation({
      at,
      given: `placement ${serverGroup.placement.policy} on ${cloud.name}`,
      fix: `use ${cloud.policies.join(" or ")}`,
    });
}

/** Rules cannot be added to a machine without security groups. */
export function noGroupViolation(at: Construct): Violation {
  return OST013.violation({
    at,
    given: "a machine without security groups",
    fix: "add a security group to its port, and add the rule to that group",
  });
}
