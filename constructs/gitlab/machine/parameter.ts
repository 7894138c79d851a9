import { GLB014 } from "../rules";

/** Rejects an invalid SSM parameter name, or one that would be a pattern in a policy; returns it unchanged. */
export function checkedParameterName(name: string): string {
  if (!/^(\/[\w.-]+)+$/.test(name) || /^\/(aws|ssm)/i.test(name))
    throw GLB014.violation({ given: describe(name), fix: "use a path such as /lab/gitlab/runner" });
  return name;
}

/** ARN of a parameter. */
export function parameterArn(
  { partition, region, account }: { partition: string; region: string; account: string },
  name: string,
): string {
  return `arn:${partition}:ssm:${region}:${account}:parameter${name}`;
}

/** Does not repeat a value that is not a path, because it may be the secret itself. */
function describe(name: string): string {
  return /^\/[^\n]{0,100}$/.test(name) ? `parameter "${name}"` : `a parameter name of ${name.length} characters`;
}
