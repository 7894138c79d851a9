import { rewriteText } from "../response";
import type { Rule } from "../rule";

/** Constants that moto returns for every lifecycle hook and every policy; each plan would remove them. */
const CONSTANTS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  DescribeLifecycleHooks: [
    [/<NotificationTargetARN>arn:aws:sqs:us-east-1:123456789012:my-queue<\/NotificationTargetARN>/g, ""],
    [/<RoleARN>arn:aws:iam::1234567890:role\/my-auto-scaling-role<\/RoleARN>/g, ""],
  ],
  // It also omits that a policy is enabled, and returns an empty configuration of a kind that the policy does not have.
  DescribePolicies: [[/<PredictiveScalingConfiguration\s*\/>/g, "<Enabled>true</Enabled>"]],
};

export const autoScalingConstants: Rule = {
  name: "constants of lifecycle hooks and scaling policies",
  applies: (call) => call.service === "autoscaling" && Object.hasOwn(CONSTANTS, call.action),
  handle: async (call, forward) =>
    rewriteText(await forward(call), (xml) =>
      (CONSTANTS[call.action] ?? []).reduce((text, [pattern, value]) => text.replace(pattern, value), xml),
    ),
};
