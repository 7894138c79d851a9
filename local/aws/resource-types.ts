/** Requirement of a resource type or data source of the AWS provider. */
export interface AwsRequirement {
  /** The service whose API the type calls: the name in the signature where it is known, else the beginning of the type. */
  readonly service: string;
  /** Why the local cloud cannot serve it; undefined if it can. */
  readonly problem: string | undefined;
}

/**
 * Types without `aws_` of each service that the local cloud has, by the service's name in the signature.
 *
 * Source: `resource_prefix` in `names/data/names_data.hcl` of the AWS provider, and the prefixes of its other services below EC2.
 */
export const TYPES_OF_SERVICES: Readonly<Record<string, RegExp>> = {
  acm: /^acm_/,
  autoscaling: /^(autoscaling_|launch_configuration$)/,
  backup: /^backup_/,
  budgets: /^budgets_/,
  cloudfront: /^cloudfront_/,
  codebuild: /^codebuild_/,
  ec2: /^(ami|availability_zones?|customer_gateway|default_(network_acl|route_table|security_group|subnet|vpc)|ebs_|ec2_|egress_only_internet_gateway|eips?|flow_log|instances?|internet_gateway|key_pair|launch_template|main_route_table_association|nat_gateways?|network_acls?|network_interfaces?|placement_group|prefix_list|regions|routes?|route_tables?|security_groups?|snapshot_create_volume_permission|spot_|subnets?|verifiedaccess_|volume_attachment|vpcs?|vpn_)(_|$|(?<=_))/,
  ecr: /^ecr_/,
  eks: /^eks_/,
  elasticfilesystem: /^efs_/,
  elasticloadbalancing: /^(alb|app_cookie_stickiness_policy|elb|lbs?|load_balancer_|proxy_protocol_policy)(_|$|(?<=_))/,
  iam: /^iam_/,
  kms: /^kms_/,
  logs: /^cloudwatch_(log_|query_definition$)/,
  monitoring: /^cloudwatch_(composite_|contributor_|dashboard|metric_)/,
  route53: /^route53_(?!resolver_)/,
  s3: /^(canonical_user_id$|s3_(bucket|directory_bucket|object))/,
  s3control: /^(s3control_|s3_(access_point|account_))/,
  scheduler: /^scheduler_/,
  secretsmanager: /^secretsmanager_/,
  sns: /^sns_/,
  ssm: /^ssm_/,
  sts: /^caller_identity$/,
  tagging: /^resourcegroupstaggingapi_/,
};

/** Types that are computed by the provider and call no service. */
const WITHOUT_SERVICE =
  /^(arn|billing_service_account|cloudtrail_service_account|default_tags|elastic_beanstalk_hosted_zone|elb_hosted_zone_id|elb_service_account|iam_policy_document|ip_ranges|lb_hosted_zone_id|partition|redshift_service_account|region|service|service_principal)$/;

/**
 * Types of these services whose calls the emulators do not implement.
 *
 * Source: the operations of `moto/<service>/responses` in moto 5.2.1, the emulator of these services.
 */
const NOT_EMULATED: readonly RegExp[] = [
  /^(autoscaling_(notification|traffic_source_attachment))$/,
  /^cloudwatch_(composite_alarm|contributor_managed_insight_rule|metric_stream|query_definition)$/,
  /^cloudwatch_log_(account_policy|anomaly_detector|data_protection_policy|index_policy|transformer)$/,
  // The gateway's own CodeBuild has projects and builds.
  /^codebuild_(fleet|report_group|resource_policy|source_credential|webhook)$/,
  /^ebs_(fast_snapshot_restore|snapshot_block_public_access|snapshot_copy|snapshot_import)$/,
  /^ec2_(allowed_images_settings|availability_zone_group|capacity_block_reservation|capacity_reservation|client_vpn_\w+|default_credit_specification|image_block_public_access|instance_connect_endpoint|instance_metadata_defaults|local_gateway_\w+|network_insights_\w+|serial_console_access|traffic_mirror_(filter_rule|session))$/,
  /^ec2_transit_gateway_(connect|connect_peer|multicast_\w+|policy_table\w*|prefix_list_reference)$/,
  /^ecr_(account_setting|pull_through_cache_rule|repository_creation_template)$/,
  /^eip_domain_name$/,
  /^iam_(organizations_features|security_token_service_preferences|service_specific_credential)$/,
  /^kms_(custom_key_store|external_key|replica_external_key)$/,
  /^lb_trust_store/,
  /^nat_gateway_eip_association$/,
  /^network_interface_permission$/,
  /^s3_bucket_(abac|metadata_configuration)$/,
  /^s3control_(access_grant\w*|bucket\w*|directory_bucket_\w+|object_lambda_\w+)$/,
  /^sns_topic_data_protection_policy$/,
  /^ssm_(activation|association|resource_data_sync|service_setting)$/,
  /^verifiedaccess_/,
  /^vpc_(block_public_access_\w+|encryption_control|endpoint_connection_notification|endpoint_service_private_dns_verification|ipam\w*|network_performance_\w+|route_server\w*|security_group_vpc_association)$/,
  /^vpn_concentrator$/,
];

/** Keys of the provider's `endpoints` of the services for which they differ from the name in the signature. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  elasticfilesystem: ["efs"],
  elasticloadbalancing: ["elb", "elbv2"],
  monitoring: ["cloudwatch"],
  tagging: ["resourcegroupstaggingapi"],
};

/** Services below a common beginning of types, for messages. */
const OTHER_SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^(db|rds)_/, "rds"],
  [/^api_gateway_/, "apigateway"],
  [/^cloudwatch_event_/, "events"],
  [/^route53_resolver_/, "route53resolver"],
  [/^(elastic_beanstalk|service_discovery|media_\w+?|load_balancer)_/, ""],
  [/^dx_/, "directconnect"],
  [/^msk_/, "kafka"],
  [/^sfn_/, "states"],
];

/** The service that a type needs, and whether the local cloud has it. */
export function awsRequirement(type: string): AwsRequirement {
  const name = type.replace(/^aws_/, "");
  if (WITHOUT_SERVICE.test(name)) return { service: "", problem: undefined };
  const found = Object.entries(TYPES_OF_SERVICES).find(([, types]) => types.test(name))?.[0];
  if (found === undefined) {
    const service = otherService(name);
    return { service, problem: `the local cloud does not have the service ${service}` };
  }
  const isMissing = NOT_EMULATED.some((types) => types.test(name));
  return { service: found, problem: isMissing ? `the local cloud's ${found} does not have this type` : undefined };
}

/** The keys of the AWS provider's `endpoints` for all services of the local cloud. */
export function awsEndpoints(): readonly string[] {
  return Object.keys(TYPES_OF_SERVICES).flatMap((service) => ENDPOINTS[service] ?? [service]);
}

function otherService(name: string): string {
  const [match, service = ""] = OTHER_SERVICES.map(
    ([types, known]) => [types.exec(name)?.[1] ?? types.exec(name)?.[0], known] as const,
  ).find(([one]) => one !== undefined) ?? [undefined];
  if (service !== "") return service;
  return match ?? name.split("_")[0] ?? name;
}
