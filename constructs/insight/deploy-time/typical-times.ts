/** Whether a stack is deployed or destroyed. */
export type Direction = "create" | "destroy";

/** Seconds that Terraform needs to create and to destroy a resource of one type. */
export type Seconds = Readonly<Record<Direction, number>>;

/** Resource types of which each depends on the previous one. */
export type Chain = Readonly<Record<Direction, readonly string[]>>;

/** Times of resource types, and lower bounds of deployments. */
export interface DeployTimesData {
  /** Seconds by type, or by type and qualifier (`aws_eks_addon:coredns`); `default` applies to all other types. */
  readonly seconds: Readonly<Record<string, Seconds>>;
  /**
   * Chains that no graph can shorten, because each type requires the previous one, by the name of the deployment. The first chain
   * whose types all exist is the lower bound; longer chains come first.
   */
  readonly floors: Readonly<Record<string, readonly Chain[]>>;
}

/**
 * Typical times as Terraform reports them, collected from public issues and logs of applies and destroys in autumn 2026.
 * The times of interface endpoints, Helm releases and the CloudWatch add-on are based on few reports. The figures are meant for the
 * comparison of graphs; they predict no real duration.
 */
export const TYPICAL_TIMES: DeployTimesData = {
  seconds: {
    aws_eks_cluster: { create: 555, destroy: 150 },
    aws_eks_node_group: { create: 125, destroy: 380 },
    aws_eks_addon: { create: 30, destroy: 9 },
    "aws_eks_addon:coredns": { create: 15, destroy: 9 },
    "aws_eks_addon:metrics-server": { create: 45, destroy: 9 },
    "aws_eks_addon:aws-ebs-csi-driver": { create: 46, destroy: 9 },
    "aws_eks_addon:amazon-cloudwatch-observability": { create: 60, destroy: 15 },
    aws_nat_gateway: { create: 106, destroy: 60 },
    aws_internet_gateway: { create: 1, destroy: 2 },
    aws_eip: { create: 1, destroy: 2 },
    aws_vpc: { create: 12, destroy: 1 },
    aws_subnet: { create: 11, destroy: 1 },
    "aws_vpc_endpoint:Gateway": { create: 6, destroy: 6 },
    "aws_vpc_endpoint:Interface": { create: 120, destroy: 90 },
    aws_lb: { create: 142, destroy: 20 },
    kubernetes_ingress_v1: { create: 150, destroy: 65 },
    helm_release: { create: 24, destroy: 3 },
    aws_cloudfront_distribution: { create: 187, destroy: 443 },
    aws_acm_certificate_validation: { create: 180, destroy: 0 },
    aws_route53_record: { create: 45, destroy: 35 },
    aws_kms_key: { create: 20, destroy: 1 },
    aws_security_group: { create: 3, destroy: 2 },
    aws_security_group_rule: { create: 4, destroy: 2 },
    aws_instance: { create: 20, destroy: 44 },
    default: { create: 1, destroy: 1 },
  },
  floors: {
    eks: [
      {
        create: [
          "aws_vpc",
          "aws_subnet",
          "aws_eks_cluster",
          "aws_eks_addon:vpc-cni",
          "aws_eks_node_group",
          "aws_eks_addon:coredns",
          "helm_release",
          "kubernetes_ingress_v1",
        ],
        destroy: [
          "kubernetes_ingress_v1",
          "helm_release",
          "aws_eks_addon",
          "aws_eks_node_group",
          "aws_eks_cluster",
          "aws_subnet",
          "aws_vpc",
        ],
      },
    ],
    site: [
      {
        create: [
          "aws_route53_record",
          "aws_acm_certificate_validation",
          "aws_cloudfront_distribution",
          "aws_route53_record",
        ],
        destroy: ["aws_route53_record", "aws_cloudfront_distribution", "aws_route53_record"],
      },
    ],
    gitlab: [
      {
        create: ["aws_vpc", "aws_subnet", "aws_nat_gateway", "aws_instance"],
        destroy: ["aws_instance", "aws_nat_gateway", "aws_internet_gateway", "aws_vpc"],
      },
      {
        create: ["aws_vpc", "aws_subnet", "aws_instance"],
        destroy: ["aws_instance", "aws_internet_gateway", "aws_vpc"],
      },
    ],
  },
};
