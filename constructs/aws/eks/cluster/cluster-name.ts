import type { NameRule } from "../../../core/name";

/** What EKS accepts as the name of a cluster. */
export const CLUSTER_NAME = {
  service: "EKS cluster",
  maxLength: 100,
  pattern: /^[0-9A-Za-z][\w-]*$/,
} as const satisfies NameRule;

/** What EKS accepts as the name of a node group. */
export const NODE_GROUP_NAME = {
  ...CLUSTER_NAME,
  service: "EKS node group",
  maxLength: 63,
} as const satisfies NameRule;

/** The beginning of a node group's name, before the 26 characters that Terraform appends. */
export const NODE_GROUP_PREFIX = { ...NODE_GROUP_NAME, maxLength: 36 } as const satisfies NameRule;
