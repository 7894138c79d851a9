import { GLB014 } from "../rules";

/** Refuses what is no name of a parameter of SSM, or would be a pattern in a permission; returns it unchanged. */
export function checkedParameterName(name: string): string {
  if (!/^(\/[\w.-]+)+$/.test(name) || /^\/(aws|ssm)/i.test(name))
    throw GLB014.violation({ given: inWords(name), fix: "write a path such as /lab/gitlab/runner" });
  return name;
}

/** ARN of a parameter, as a permission names it. */
export function parameterArn(place: { partition: string; region: string; account: string }, name: string): string {
  return `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter${name}`;
}

/** What is no path may be the secret itself, given in place of its name: then it is not repeated. */
function inWords(name: string): string {
  return /^\/[^\n]{0,100}$/.test(name) ? `parameter "${name}"` : `a parameter's name of ${name.length} characters`;
}
