/** How objects of one kind are recognized, imported and deleted. */
export interface Kind {
  /** Terraform's resource types for it. */
  readonly types: readonly string[];
  /**
   * Argument that is the object's id, where the id is a configured name. Terraform cannot create a second object with that name.
   * @default - the id is generated; the object is recognized by its tag `Name`
   */
  readonly idArgument?: string;
  /** Placeholders for the parts of an id that slashes separate: CLUSTER and NAME of `demo/coredns`. @default - none */
  readonly parts?: readonly string[];
  /** Arguments that recognize it, as placeholders, where neither its id nor a tag can. @default - see above */
  readonly where?: Readonly<Record<string, string>>;
  /** Id for Terraform's import, with the placeholders of `remove`. @default ID */
  readonly importId?: string;
  /**
   * Commands that delete it, without `aws` and the region. ID, ARN, PARENT and the placeholders of `parts` are replaced by the
   * object's values; a command with PARENT is omitted for an object without a parent.
   */
  readonly remove: readonly string[];
}

/** Kinds of objects, in the order in which AWS allows their deletion. */
export const KINDS: Readonly<Record<string, Kind>> = {
  "eks:addon": {
    types: ["aws_eks_addon"],
    parts: ["CLUSTER", "NAME"],
    where: { cluster_name: "CLUSTER", addon_name: "NAME" },
    importId: "CLUSTER:NAME",
    remove: [
      "eks delete-addon --cluster-name CLUSTER --addon-name NAME",
      "eks wait addon-deleted --cluster-name CLUSTER --addon-name NAME",
    ],
  },
  // The names of associations and access entries do not identify their arguments: both are deleted, and Terraform creates them again.
  "eks:podidentityassociation": {
    types: ["aws_eks_pod_identity_association"],
    parts: ["CLUSTER", "NAME"],
    remove: ["eks delete-pod-identity-association --cluster-name CLUSTER --association-id NAME"],
  },
  "eks:access-entry": {
    types: ["aws_eks_access_entry"],
    parts: ["CLUSTER", "TYPE", "ACCOUNT", "NAME"],
    remove: ["eks delete-access-entry --cluster-name CLUSTER --principal-arn arn:aws:iam::ACCOUNT:TYPE/NAME"],
  },
  "eks:nodegroup": {
    types: ["aws_eks_node_group"],
    parts: ["CLUSTER", "NAME"],
    where: { cluster_name: "CLUSTER", node_group_name: "NAME" },
    importId: "CLUSTER:NAME",
    remove: [
      "eks delete-nodegroup --cluster-name CLUSTER --nodegroup-name NAME",
      "eks wait nodegroup-deleted --cluster-name CLUSTER --nodegroup-name NAME",
    ],
  },
  "eks:cluster": {
    types: ["aws_eks_cluster"],
    idArgument: "name",
    remove: ["eks delete-cluster --name ID", "eks wait cluster-deleted --name ID"],
  },
  "ec2:instance": {
    types: ["aws_instance"],
    remove: ["ec2 terminate-instances --instance-ids ID", "ec2 wait instance-terminated --instance-ids ID"],
  },
  "ec2:nat-gateway": {
    types: ["aws_nat_gateway"],
    remove: ["ec2 delete-nat-gateway --nat-gateway-id ID", "ec2 wait nat-gateway-deleted --nat-gateway-ids ID"],
  },
  "ec2:vpc-endpoint": { types: ["aws_vpc_endpoint"], remove: ["ec2 delete-vpc-endpoints --vpc-endpoint-ids ID"] },
  "ec2:vpc-flow-log": { types: ["aws_flow_log"], remove: ["ec2 delete-flow-logs --flow-log-ids ID"] },
  "ec2:elastic-ip": { types: ["aws_eip"], remove: ["ec2 release-address --allocation-id ID"] },
  "ec2:network-interface": {
    types: ["aws_network_interface"],
    remove: ["ec2 delete-network-interface --network-interface-id ID"],
  },
  "ec2:launch-template": {
    types: ["aws_launch_template"],
    remove: ["ec2 delete-launch-template --launch-template-id ID"],
  },
  "ec2:volume": { types: ["aws_ebs_volume"], remove: ["ec2 delete-volume --volume-id ID"] },
  // Rules have no name, so none is recognized: an orphaned rule is deleted, and Terraform creates it again.
  "ec2:security-group-ingress-rule": {
    types: ["aws_vpc_security_group_ingress_rule"],
    remove: ["ec2 revoke-security-group-ingress --group-id PARENT --security-group-rule-ids ID"],
  },
  "ec2:security-group-egress-rule": {
    types: ["aws_vpc_security_group_egress_rule"],
    remove: ["ec2 revoke-security-group-egress --group-id PARENT --security-group-rule-ids ID"],
  },
  "ec2:security-group": {
    types: ["aws_security_group", "aws_default_security_group"],
    remove: ["ec2 delete-security-group --group-id ID"],
  },
  "ec2:internet-gateway": {
    types: ["aws_internet_gateway"],
    remove: [
      "ec2 detach-internet-gateway --internet-gateway-id ID --vpc-id PARENT",
      "ec2 delete-internet-gateway --internet-gateway-id ID",
    ],
  },
  "ec2:egress-only-internet-gateway": {
    types: ["aws_egress_only_internet_gateway"],
    remove: ["ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id ID"],
  },
  "ec2:subnet": { types: ["aws_subnet"], remove: ["ec2 delete-subnet --subnet-id ID"] },
  "ec2:route-table": {
    types: ["aws_route_table", "aws_default_route_table"],
    remove: ["ec2 delete-route-table --route-table-id ID"],
  },
  "ec2:network-acl": {
    types: ["aws_network_acl", "aws_default_network_acl"],
    remove: ["ec2 delete-network-acl --network-acl-id ID"],
  },
  "ec2:vpc": { types: ["aws_vpc"], remove: ["ec2 delete-vpc --vpc-id ID"] },
  "ec2:dhcp-options": { types: ["aws_vpc_dhcp_options"], remove: ["ec2 delete-dhcp-options --dhcp-options-id ID"] },
  "cloudfront:distribution": {
    types: ["aws_cloudfront_distribution"],
    remove: ["cloudfront delete-distribution --id ID"],
  },
  "iam:instance-profile": {
    types: ["aws_iam_instance_profile"],
    idArgument: "name",
    remove: ["iam delete-instance-profile --instance-profile-name ID"],
  },
  "iam:role": { types: ["aws_iam_role"], idArgument: "name", remove: ["iam delete-role --role-name ID"] },
  "iam:policy": { types: ["aws_iam_policy"], importId: "ARN", remove: ["iam delete-policy --policy-arn ARN"] },
  // Its issuer URL is in no argument of the configuration.
  "iam:oidc-provider": {
    types: ["aws_iam_openid_connect_provider"],
    remove: ["iam delete-open-id-connect-provider --open-id-connect-provider-arn ARN"],
  },
  "acm:certificate": { types: ["aws_acm_certificate"], remove: ["acm delete-certificate --certificate-arn ARN"] },
  "ssm:parameter": { types: ["aws_ssm_parameter"], idArgument: "name", remove: ["ssm delete-parameter --name ID"] },
  "logs:log-group": {
    types: ["aws_cloudwatch_log_group"],
    idArgument: "name",
    remove: ["logs delete-log-group --log-group-name ID"],
  },
  "s3:bucket": { types: ["aws_s3_bucket"], idArgument: "bucket", remove: ["s3 rb s3://ID"] },
  "codebuild:project": {
    types: ["aws_codebuild_project"],
    idArgument: "name",
    remove: ["codebuild delete-project --name ID"],
  },
  "ecr:repository": {
    types: ["aws_ecr_repository"],
    idArgument: "name",
    remove: ["ecr delete-repository --repository-name ID"],
  },
  "kms:key": { types: ["aws_kms_key"], remove: ["kms schedule-key-deletion --pending-window-in-days 7 --key-id ID"] },
};
