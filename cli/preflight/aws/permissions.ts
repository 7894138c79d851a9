import { GetRoleCommand, IAMClient, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import { allItems } from "../../aws/pages";
import { anyCheck, type Check } from "../check";
import type { PlannedBlock } from "../plan";
import { creationOf, type NeededAction } from "./actions";
import type { AwsCloud } from "./cloud";

/** The caller, and the actions that its policies deny. */
export interface PermissionSupply {
  readonly caller: string;
  readonly denied: readonly string[];
}

/** Whether the policies of the caller allow the creation of the resources, by a simulation of IAM. */
export const permissionCheck: Check<AwsCloud, readonly PlannedBlock[], PermissionSupply> = {
  name: "permissions",
  needs: (plan) => {
    const resources = plan.created().filter(({ type }) => type.startsWith("aws_"));
    return resources.length === 0 ? undefined : resources;
  },
  supply: async (cloud, resources) => {
    const principal = await principalOf(cloud);
    const needed = resources.map((resource) => creationOf(resource, cloud)).filter((action) => action !== undefined);
    const denied = await Promise.all(
      groups(needed).map((group) => simulate(cloud, principal, group.resource, group.actions)),
    );
    return { caller: principal, denied: [...new Set(denied.flat())].sort() };
  },
  compare: (_, { caller, denied }) =>
    denied.length === 0
      ? []
      : [
          {
            needed: `the permissions ${denied.join(", ")}`,
            available: `the policies of ${caller} do not allow them`,
            fix: "ask the administrator of the account to attach a policy that does",
          },
        ],
};

export const permissions = anyCheck(permissionCheck);

/** ARN of the user or role whose policies apply. The ARN of a session does not contain the path of its role. */
export async function principalOf({ session, caller }: AwsCloud): Promise<string> {
  if (caller.endsWith(":root")) throw new Error("the permissions of the root user cannot be simulated");
  const [, role] = /:assumed-role\/([^/]+)\//.exec(caller) ?? [];
  if (role === undefined) return caller;
  const { Role: found } = await session.client(IAMClient).send(new GetRoleCommand({ RoleName: role }));
  if (found?.Arn === undefined) throw new Error(`no role ${role}`);
  return found.Arn;
}

/** Actions by resource: a request simulates all of its actions with all of its resources. */
function groups(needed: readonly NeededAction[]): readonly { resource: string; actions: readonly string[] }[] {
  const resources = [...new Set(needed.map(({ resource }) => resource))];
  return resources.map((resource) => {
    const actions = needed.filter((each) => each.resource === resource).map(({ action }) => action);
    return { resource, actions: [...new Set(actions)] };
  });
}

/** The denied actions. A decision that depends on values of the request, such as tags, is unknown and not reported. */
async function simulate(
  { session }: AwsCloud,
  PolicySourceArn: string,
  resource: string,
  actions: readonly string[],
): Promise<readonly string[]> {
  const input = { PolicySourceArn, ActionNames: [...actions], ResourceArns: [resource] };
  const pages = paginateSimulatePrincipalPolicy({ client: session.client(IAMClient) }, input);
  const results = await allItems(pages, ({ EvaluationResults }) => EvaluationResults);
  return results
    .filter(
      ({ EvalDecision, MissingContextValues = [] }) => EvalDecision !== "allowed" && MissingContextValues.length === 0,
    )
    .map(({ EvalActionName = "" }) => EvalActionName);
}
