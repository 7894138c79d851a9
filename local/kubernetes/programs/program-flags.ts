import { type Release, textAt, valueAt } from "../controllers/releases";

/** Where a controller finds its cluster and AWS. */
export interface ProgramPlace {
  readonly kubeconfig: string;
  /** Endpoint of the emulated AWS. */
  readonly endpoint: string;
  /** Two free ports of 127.0.0.1, for metrics and health. */
  readonly ports: readonly [number, number];
  /** Path of the autoscaler's configuration of AWS. */
  readonly cloudConfig: string;
}

/** Services of AWS that the load balancer controller calls, by its names for them. */
const SERVICES = [
  "EC2",
  "Elastic Load Balancing v2",
  "ACM",
  "WAFV2",
  "WAF Regional",
  "Shield",
  "Resource Groups Tagging API",
  "STS",
];

/** Arguments of the AWS Load Balancer Controller: those of its chart that matter outside a cluster, and the emulated AWS. */
export function controllerFlags({ values }: Release, place: ProgramPlace): readonly string[] {
  const [metrics, health] = place.ports;
  return [
    `--kubeconfig=${place.kubeconfig}`,
    `--cluster-name=${textAt(values, "clusterName")}`,
    `--ingress-class=${textAt(values, "ingressClass") || "alb"}`,
    `--aws-region=${textAt(values, "region")}`,
    `--aws-vpc-id=${textAt(values, "vpcId")}`,
    `--aws-api-endpoints=${SERVICES.map((service) => `${service}=${place.endpoint}`).join(",")}`,
    "--aws-max-retries=2",
    ...defaultTags(valueAt(values, "defaultTags")),
    `--metrics-bind-addr=127.0.0.1:${metrics}`,
    `--health-probe-bind-addr=127.0.0.1:${health}`,
    "--enable-leader-election=false",
  ];
}

/** Arguments of the cluster autoscaler: those of its chart, and times of seconds instead of minutes. */
export function autoscalerFlags({ namespace, values }: Release, place: ProgramPlace): readonly string[] {
  const cluster = textAt(values, "autoDiscovery", "clusterName");
  const further = (valueAt(values, "extraArgs") ?? {}) as Readonly<Record<string, unknown>>;
  return [
    "--cloud-provider=aws",
    `--namespace=${namespace}`,
    `--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/${cluster}`,
    ...Object.entries(further).map(([name, value]) => `--${name}=${String(value)}`),
    `--kubeconfig=${place.kubeconfig}`,
    `--address=127.0.0.1:${place.ports[0]}`,
    `--cloud-config=${place.cloudConfig}`,
    "--leader-elect=false",
    "--scan-interval=5s",
    // The last value of a flag applies.
    "--scale-down-unneeded-time=20s",
    "--scale-down-delay-after-add=20s",
    "--unremovable-node-recheck-timeout=10s",
  ];
}

/** The autoscaler's configuration of AWS: the endpoint of each service. */
export function cloudConfig({ values }: Release, endpoint: string): string {
  const region = textAt(values, "awsRegion");
  return ["ec2", "autoscaling", "eks"]
    .map(
      (service, index) => `[ServiceOverride "${index + 1}"]
Service = "${service}"
Region = "${region}"
URL = "${endpoint}"
SigningRegion = "${region}"
SigningMethod = "v4"
SigningName = "${service}"
`,
    )
    .join("\n");
}

function defaultTags(tags: unknown): readonly string[] {
  const pairs = Object.entries((tags ?? {}) as Readonly<Record<string, string>>);
  return pairs.length === 0 ? [] : [`--default-tags=${pairs.map(([key, value]) => `${key}=${value}`).join(",")}`];
}
