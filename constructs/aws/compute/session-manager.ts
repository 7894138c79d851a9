import type { IRole } from "../iam/role";
import { Statement } from "../iam/statement";

/** Roles that have the permissions already: several machines may share a role. */
const granted = new WeakSet<IRole>();

/** Grants a machine's role the permissions for Session Manager, once. */
export function grantSessionManager(role: IRole): void {
  if (granted.has(role)) return;
  granted.add(role);
  role.addToPolicy(sessionManager());
}

/**
 * Permissions for Session Manager only. The AWS managed policy for it also allows reading every parameter of the account, including
 * the tokens of other machines.
 */
function sessionManager(): Statement {
  return Statement.allow({
    sid: "SessionManager",
    actions: [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    resources: ["*"],
  });
}
