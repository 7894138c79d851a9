import type { NameRule } from "../../../core/name";
import { EKS_CLUSTER_NAME } from "../../limits";

/** Rule for node group names. Source: `CreateNodegroup` in the EKS API reference. */
export const NODE_GROUP_NAME = {
  ...EKS_CLUSTER_NAME,
  service: "EKS node group",
  maxLength: 63,
} as const satisfies NameRule;

/** Rule for node group name prefixes; Terraform appends 26 characters. */
export const NODE_GROUP_PREFIX = { ...NODE_GROUP_NAME, maxLength: 36 } as const satisfies NameRule;
