import type { IRole } from "../../aws/iam/role";
import { Statement } from "../../aws/iam/statement";

/** Roles of a machine that runs jobs. */
export interface SeparateRolesProps {
  /** Role of the machine. */
  readonly machine: IRole;
  /** Role of the jobs. */
  readonly jobs: IRole;
  /** ARN of the parameter with the runner's token. */
  readonly token: string;
  /** ARNs of further parameters of the machine. */
  readonly others?: readonly string[];
}

/**
 * The machine reads the token of its runner and assumes the role of the jobs. The jobs' role is denied what belongs to the machine,
 * regardless of what else it is granted.
 */
export function separateRoles({ machine, jobs, token, others = [] }: SeparateRolesProps): void {
  machine.addToPolicy(
    Statement.allow({ actions: ["ssm:GetParameter"], resources: [token] }),
    Statement.allow({ sid: "AssumeRoleOfJobs", actions: ["sts:AssumeRole"], resources: [jobs.roleArn] }),
  );
  jobs.addToPolicy(
    Statement.deny({
      sid: "TokenOfTheMachine",
      actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory", "ssm:PutParameter"],
      resources: [token, ...others],
    }),
    Statement.deny({ sid: "SessionsOfTheMachine", actions: ["ssmmessages:*"], resources: ["*"] }),
  );
}
