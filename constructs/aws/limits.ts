import type { NameRule } from "../core/name";
import type { TextRule } from "../core/text-rule";

// Limits of AWS services, one constant per fact, each with its source. All checks of this library use these constants.

/** Characters of names in IAM. Names of roles and instance profiles that differ only in case are the same name. */
const IAM_NAME = /^[\w+=,.@-]+$/;

/** Source: CreateRole in the IAM API reference. */
export const ROLE_NAME: NameRule = { service: "IAM role", maxLength: 64, pattern: IAM_NAME, ignoresCase: true };

/** Source: CreateInstanceProfile in the IAM API reference. */
export const INSTANCE_PROFILE_NAME: NameRule = {
  service: "IAM instance profile",
  maxLength: 128,
  pattern: IAM_NAME,
  ignoresCase: true,
};

/** Source: PutRolePolicy in the IAM API reference. The name is unique within its role. */
export const INLINE_POLICY_NAME: NameRule = { service: "IAM inline policy", maxLength: 128, pattern: IAM_NAME };

/** A header of an object: visible characters, as in HTTP. Source: "Working with object metadata" in the S3 user guide. */
export const OBJECT_HEADER: TextRule = {
  text: "header of an object",
  minLength: 1,
  maxLength: 2_048,
  character: /^[\x20-\x7e]$/,
  characters: "printable characters of ASCII",
};

/** Source: CreateRole in the IAM API reference: `[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*`. */
export const ROLE_DESCRIPTION: TextRule = {
  text: "IAM role description",
  minLength: 0,
  maxLength: 1_000,
  character: /^[\t\n\r\x20-\x7e\xa1-\xff]$/,
  characters: "letters, digits, spaces and punctuation of Latin-1, straight quotation marks",
};

/** Managed policies of a role: the quota is 10, and AWS raises it to 20. Source: "IAM and AWS STS quotas" in the IAM user guide. */
export const MANAGED_POLICIES_PER_ROLE = 20;

/** Seconds of a role session. Source: CreateRole in the IAM API reference. */
export const ROLE_SESSION_SECONDS = { shortest: 3_600, longest: 43_200 } as const;

/** Characters of policy documents without white space. Sources: IAM quotas; S3, KMS and VPC endpoint quotas. */
export const POLICY_LENGTH = {
  managed: 6_144,
  /** Sum of the inline policies of a role. */
  inline: 10_240,
  /** The quota can be doubled on request. */
  trust: 2_048,
  bucket: 20_480,
  key: 32_768,
  endpoint: 20_480,
  /** Source: PutFileSystemPolicy in the EFS API reference. */
  fileSystem: 20_000,
} as const;

/** Source: CreateAlias in the KMS API reference. The prefix `alias/` is not included. */
export const KEY_ALIAS: NameRule = { service: "KMS alias", maxLength: 250, pattern: /^(?!aws\/)[\w/-]+$/ };

/** Source: CreateKey in the KMS API reference. */
export const KEY_DESCRIPTION: TextRule = {
  text: "KMS key description",
  minLength: 0,
  maxLength: 8_192,
  character: /^[^]$/u,
  characters: "any",
};

/** Days. Source: ScheduleKeyDeletion and EnableKeyRotation in the KMS API reference. */
export const KEY_DAYS = { deletion: { least: 7, most: 30 }, rotation: { least: 90, most: 2_560 } } as const;

/** Source: CreateSecurityGroup in the EC2 API reference. */
export const SECURITY_GROUP_NAME: NameRule = {
  service: "security group",
  maxLength: 255,
  pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
};

/** Descriptions of security groups and of their rules. Source: CreateSecurityGroup in the EC2 API reference. */
export const SECURITY_GROUP_DESCRIPTION: TextRule = {
  text: "description",
  minLength: 1,
  maxLength: 255,
  character: /^[\w .:/()#,@[\]+=&;{}!$*-]$/,
  characters: "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
};

/** Rules of a network ACL per direction: the quota is 20, and AWS raises it to 40. Source: "Amazon VPC quotas". */
export const NETWORK_ACL_RULES = 40;

/** Blocks of a VPC, and their prefix lengths. Source: "VPC CIDR blocks" in the VPC user guide. */
export const VPC_BLOCKS = { count: 5, largest: 16, smallest: 28 } as const;

/** Servers of each kind and address family in a set of DHCP options. Source: "DHCP option sets" in the VPC user guide. */
export const DHCP_SERVERS = 4;

/** Source: CreateLogGroup in the CloudWatch Logs API reference. The limit is 512; this rule leaves space for a prefix such as `/aws/vpc/`. */
export const LOG_GROUP_NAME: NameRule = { service: "log group", maxLength: 500, pattern: /^[\w./#-]+$/ };

/** Days for which CloudWatch Logs can keep records. Source: PutRetentionPolicy in the CloudWatch Logs API reference. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653],
];

/** Name of an EKS cluster. Source: CreateCluster in the EKS API reference. */
export const EKS_CLUSTER_NAME: NameRule = { service: "EKS cluster", maxLength: 100, pattern: /^[0-9A-Za-z][\w-]*$/ };

/** Bytes of an object key in UTF-8. Source: "Naming Amazon S3 objects" in the S3 user guide. */
export const OBJECT_KEY_BYTES = 1_024;

/** Names of launch templates: EC2 accepts 128 characters, the AWS provider 125. Source: CreateLaunchTemplate in the EC2 API reference. */
export const LAUNCH_TEMPLATE_NAME: NameRule = {
  service: "launch template",
  maxLength: 125,
  pattern: /^[\w().\-/]{3,}$/,
};

/** Source: CreateLaunchTemplate in the EC2 API reference. */
export const LAUNCH_TEMPLATE_DESCRIPTION: TextRule = {
  text: "launch template description",
  minLength: 0,
  maxLength: 255,
  character: /^[^\p{Cc}]$/u,
  characters: "no control characters",
};

/** Prefix of the name of an Auto Scaling group, to which the provider appends 26 characters. Source: CreateAutoScalingGroup. */
export const AUTO_SCALING_GROUP_PREFIX: NameRule = {
  service: "Auto Scaling group",
  maxLength: 228,
  pattern: /^[\w.\-/ ]+$/,
};

/** Source: CreateProject in the CodeBuild API reference; the provider accepts 150 characters. */
export const BUILD_PROJECT_NAME: NameRule = {
  service: "CodeBuild project",
  maxLength: 150,
  pattern: /^[A-Za-z0-9][\w-]+$/,
};

/** Minutes of a build. Source: CreateProject in the CodeBuild API reference. */
export const BUILD_MINUTES = { least: 5, most: 2_160 } as const;
