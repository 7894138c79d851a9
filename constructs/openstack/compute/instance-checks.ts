import type { Construct } from "constructs";
import { isToken } from "../../core/token";
import type { Violation } from "../../core/violation";
import { OST012, OST013, OST015, OST016 } from "../rules";
import type { InstanceProps } from "./instance";

/** Refuses a machine that its cloud would refuse, or would make otherwise than asked. */
export function checkMachine(at: Construct, name: string, props: InstanceProps): void {
  const { nics, securityGroups, serverGroup } = props;
  const { cloud } = nics[0];
  if (!isToken(name) && !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    throw OST015.violation({
      at,
      given: `machine name "${name}" (${name.length} characters)`,
      fix: "use at most 63 lower-case letters, digits and hyphens, beginning with a letter",
    });
  if (nics.length > cloud.nics)
    throw OST012.violation({
      at,
      given: `${nics.length} network interfaces`,
      fix: `${cloud.name} takes at most ${cloud.nics}`,
    });
  if (securityGroups !== undefined && nics.some(({ isNew }) => !isNew))
    throw OST013.violation({
      at,
      given: "security groups, and a port that exists",
      fix: "give the groups to the port, and to each Nic.in() that should have others",
    });
  if (serverGroup !== undefined && !cloud.policies.includes(serverGroup.placement.policy))
    throw OST016.violation({
      at,
      given: `placement ${serverGroup.placement.policy} on ${cloud.name}`,
      fix: `use ${cloud.policies.join(" or ")}`,
    });
}

/** A machine without security groups cannot be opened. */
export function noGroup(at: Construct): Violation {
  return OST013.violation({
    at,
    given: "a machine without security groups",
    fix: "give its port a security group, and open that",
  });
}
