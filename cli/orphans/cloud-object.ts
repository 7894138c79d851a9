/** Something that stands in the cloud and carries an environment's tags. */
export interface CloudObject {
  /** Service and kind as ARNs write them: `ec2:vpc`, `logs:log-group`, `s3:bucket`. */
  readonly kind: string;
  /** What Terraform and the cloud's commands call it by. */
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What it is a part of, where its removal has to name that: the group of a security group rule, the network of a gateway. */
  readonly parent?: string;
}
