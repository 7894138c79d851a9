import { isToken } from "../../../core/token";
import type { Arn } from "../../iam/arn";

/** Role and user names and their paths. Source: `CreateRole` and `CreateUser` in the IAM API reference. */
const PRINCIPAL = /^(role|user)\/([\x21-\x29\x2b-\x3e\x40-\x7e]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/** Roles of IAM Identity Center. IAM creates them below this path, in most regions followed by the name of the region. */
const SSO_ROLE = /^role\/AWSReservedSSO_/;

/**
 * The correction of a principal that EKS would store although no one can authenticate with it; undefined for a valid one. Access
 * entries take the ARN of the role itself, with its path; only the ConfigMap `aws-auth` required it without the path.
 */
export function principalFix(arn: Arn, expected: string): string | undefined {
  const { partition, service, account, resource } = arn;
  if (service === "sts") return `use the ARN of the role: arn:${partition}:iam::${account}:role/<path and name>`;
  if (!isIam(arn)) return "name a role or a user of an account, without wildcards";
  if (SSO_ROLE.test(resource))
    return `include its path, as \`aws iam get-role\` prints it: role/aws-reserved/sso.amazonaws.com/<region>/${resource.slice("role/".length)}`;
  return partition === expected || isToken(partition)
    ? undefined
    : `use a principal of the cluster's partition, arn:${expected}:iam::…`;
}

/** Whether it can be a role or user. Parts that are known only at apply are not checked. */
function isIam({ service, account, region, resource }: Arn): boolean {
  const isPrincipal = isToken(resource) || PRINCIPAL.test(resource);
  return service === "iam" && region === "" && (isToken(account) || /^\d{12}$/.test(account)) && isPrincipal;
}
