import type { Release } from "@groundwork/local/kubernetes/controllers/releases";
import { autoscalerFlags, cloudConfig, controllerFlags } from "@groundwork/local/kubernetes/programs/program-flags";

describe("arguments of the programs of a cluster", () => {
  const place = {
    kubeconfig: "/work/kubeconfig",
    endpoint: "http://127.0.0.1:4566",
    ports: [1111, 2222] as const,
    cloudConfig: "/work/aws.conf",
  };
  const release = (chart: string, values: object): Release => ({
    name: chart,
    namespace: "kube-system",
    chart,
    version: "1.0.0",
    values: values as Release["values"],
  });

  test("connect the load balancer controller to the emulated AWS, with the values of its chart", () => {
    const values = { clusterName: "demo", region: "ap-northeast-2", vpcId: "vpc-1", defaultTags: { Stack: "a" } };
    const flags = controllerFlags(release("aws-load-balancer-controller", values), place);
    expect(flags).toEqual(
      expect.arrayContaining([
        "--kubeconfig=/work/kubeconfig",
        "--cluster-name=demo",
        "--ingress-class=alb",
        "--aws-region=ap-northeast-2",
        "--aws-vpc-id=vpc-1",
        "--default-tags=Stack=a",
        "--metrics-bind-addr=127.0.0.1:1111",
        "--health-probe-bind-addr=127.0.0.1:2222",
        "--enable-leader-election=false",
      ]),
    );
    const endpoints = flags.find((flag) => flag.startsWith("--aws-api-endpoints="));
    expect(endpoints).toContain("EC2=http://127.0.0.1:4566,Elastic Load Balancing v2=http://127.0.0.1:4566,");
    expect(endpoints).toContain("Shield=");
  });

  test("have no tags and another class where the chart's values specify it", () => {
    const flags = controllerFlags(release("aws-load-balancer-controller", { ingressClass: "inside" }), place);
    expect(flags).toContain("--ingress-class=inside");
    expect(flags.join(" ")).not.toContain("--default-tags");
  });

  test("let the autoscaler find groups by both tags, and shorten the times of the chart", () => {
    const values = {
      awsRegion: "ap-northeast-2",
      autoDiscovery: { clusterName: "demo" },
      extraArgs: { expander: "least-waste", "scale-down-unneeded-time": "600s" },
    };
    const flags = autoscalerFlags(release("cluster-autoscaler", values), place);
    expect(flags).toContain(
      "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/demo",
    );
    expect(flags).toContain("--expander=least-waste");
    expect(flags.filter((flag) => flag.startsWith("--scale-down-unneeded-time")).at(-1)).toBe(
      "--scale-down-unneeded-time=20s",
    );
    const config = cloudConfig(release("cluster-autoscaler", values), place.endpoint);
    expect(config.match(/\[ServiceOverride "\d"\]/g)).toHaveLength(3);
    expect(config).toContain('Service = "autoscaling"\nRegion = "ap-northeast-2"\nURL = "http://127.0.0.1:4566"');
  });
});
