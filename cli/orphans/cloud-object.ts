/** A resource in the cloud that has an environment's tags. */
export interface CloudObject {
  /** Service and type as in ARNs: `ec2:vpc`, `logs:log-group`, `s3:bucket`. */
  readonly kind: string;
  /** Identifier in Terraform and in the AWS CLI. */
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Resource that a deletion has to name as well: the group of a security group rule, the VPC of an internet gateway. */
  readonly parent?: string;
}
