import type { NameRule } from "../../../core/name";

/** Rule for cluster names. */
export const CLUSTER_NAME = {
  service: "EKS cluster",
  maxLength: 100,
  pattern: /^[0-9A-Za-z][\w-]*$/,
} as const satisfies NameRule;

/** Rule for node group names. */
export const NODE_GROUP_NAME = {
  ...CLUSTER_NAME,
  service: "EKS node group",
  maxLength: 63,
} as const satisfies NameRule;

/** Rule for node group name prefixes; Terraform appends 26 characters. */
export const NODE_GROUP_PREFIX = { ...NODE_GROUP_NAME, maxLength: 36 } as const satisfies NameRule;
