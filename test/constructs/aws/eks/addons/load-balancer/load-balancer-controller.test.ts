import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { EksCluster } from "@groundwork/constructs/aws/eks/cluster/eks-cluster";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { Region } from "@groundwork/constructs/aws/region";
import { Release } from "@cdktf/provider-helm/lib/release";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AccessEntry } from "@groundwork/constructs/aws/eks/access/access-entry";
import { AccessPolicy } from "@groundwork/constructs/aws/eks/access/access-policy";
import { CertManager, CertManagerRelease } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { IngressClassParams } from "@groundwork/constructs/aws/eks/addons/load-balancer/ingress-class-params";
import {
  LoadBalancerController,
  type LoadBalancerControllerProps,
} from "@groundwork/constructs/aws/eks/addons/load-balancer/load-balancer-controller";
import { LoadBalancerControllerRelease } from "@groundwork/constructs/aws/eks/addons/load-balancer/load-balancer-controller-release";
import { ADD001, ADD008, ADD010, ADD012, ADD014 } from "@groundwork/constructs/aws/eks/addons/rules";
import { IdentityBinding } from "@groundwork/constructs/aws/eks/access/identity-binding";
import { OidcProvider } from "@groundwork/constructs/aws/eks/access/oidc-provider";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { eksStack, importedCluster, resolved } from "../../../../../support/cluster";
import { awsStack, resource } from "../../../../../support/fixture";
import { graphOf } from "../../../../../support/graph";
import { releaseValues } from "../../../../../support/helm";

function controllerWith(props: Partial<LoadBalancerControllerProps> = {}) {
  const { stack, cluster } = importedCluster();
  const controller = new LoadBalancerController(stack, "Controller", { cluster, ...props });
  return { stack, cluster, controller };
}

describe("LoadBalancerController", () => {
  test("installs the chart of its release with region and VPC, which the controller cannot discover", () => {
    const { stack, cluster } = controllerWith();
    expect(resource(stack, Release)).toMatchObject({
      name: "aws-load-balancer-controller",
      repository: "https://aws.github.io/eks-charts",
      chart: "aws-load-balancer-controller",
      version: "1.17.1",
      namespace: "kube-system",
      wait: true,
      atomic: true,
    });
    expect(releaseValues(stack)).toMatchObject({
      clusterName: "demo",
      region: "ap-northeast-2",
      vpcId: resolved(stack, cluster.networkId),
      replicaCount: 2,
      keepTLSSecret: true,
      enableServiceMutatorWebhook: false,
      enableCertManager: false,
      serviceAccount: { create: true, name: "aws-load-balancer-controller", annotations: {} },
    });
  });

  test("creates the ingress class with its parameters", () => {
    expect(releaseValues(controllerWith().stack)).toMatchObject({
      ingressClass: "alb",
      createIngressClassResource: true,
      ingressClassParams: { create: true, name: "alb", spec: {} },
    });
    const params = IngressClassParams.of({
      scheme: "internal",
      inboundCidrs: ["10.0.0.0/8"],
      certificateArns: ["arn:aws:acm:ap-northeast-2:111122223333:certificate/1"],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      subnetIds: ["subnet-1", "subnet-2"],
      targetType: "ip",
      tags: { Team: "shop" },
      loadBalancerAttributes: { "idle_timeout.timeout_seconds": "60" },
      namespaces: { "shop/ingress": "yes" },
    });
    const { stack } = controllerWith({ ingressClass: "internal", ingressClassParams: params });
    expect(releaseValues(stack)["ingressClassParams"]).toEqual({
      create: true,
      name: "internal",
      spec: {
        scheme: "internal",
        inboundCIDRs: ["10.0.0.0/8"],
        certificateArn: ["arn:aws:acm:ap-northeast-2:111122223333:certificate/1"],
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        subnets: { ids: ["subnet-1", "subnet-2"] },
        targetType: "ip",
        tags: [{ key: "Team", value: "shop" }],
        loadBalancerAttributes: [{ key: "idle_timeout.timeout_seconds", value: "60" }],
        namespaceSelector: { matchLabels: { "shop/ingress": "yes" } },
      },
    });
  });

  test("attaches the upstream policy to its own role, not to the role of the node", () => {
    const { stack } = controllerWith({ policyName: "AWSLoadBalancerControllerIAMPolicy" });
    const policy = resource(stack, IamPolicy);
    expect(policy["name"]).toBe("AWSLoadBalancerControllerIAMPolicy");
    expect(resource(stack, IamRolePolicyAttachment)).toMatchObject({
      policy_arn: `\${${policy.address}.arn}`,
      role: `\${${resource(stack, IamRole).address}.name}`,
    });
  });

  test("annotates its service account with the role for IRSA", () => {
    const { stack, cluster } = importedCluster();
    const identity = IdentityBinding.irsa(OidcProvider.fromCluster(stack, "Oidc", cluster));
    new LoadBalancerController(stack, "Controller", { cluster, identity });
    expect(releaseValues(stack)["serviceAccount"]).toEqual({
      create: true,
      name: "aws-load-balancer-controller",
      annotations: { "eks.amazonaws.com/role-arn": `\${${resource(stack, IamRole).address}.arn}` },
    });
  });

  test("disables the Gateway API, whose CRDs no chart contains", () => {
    const { stack } = controllerWith({ release: LoadBalancerControllerRelease.V3_5_0 });
    expect(resource(stack, Release)["version"]).toBe("3.5.0");
    expect(releaseValues(stack)["controllerConfig"]).toEqual({
      featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false },
    });
    expect(releaseValues(controllerWith().stack)).not.toHaveProperty("controllerConfig");
  });

  test("keeps its identity until it has been deleted, because it uses it to clean up", () => {
    const { stack } = controllerWith();
    const graph = graphOf(stack);
    for (const needed of ["aws_iam_role_policy_attachment", "aws_iam_policy", "aws_eks_pod_identity_association"])
      expect(graph.needs("helm_release", needed)).toBe(true);
  });

  test("keeps the access entry of the deployer in the same stack until it has been deleted", () => {
    const { stack, cluster } = importedCluster();
    const policies = [AccessPolicy.clusterAdmin()];
    new AccessEntry(stack, "Deployer", { cluster, principalArn: "arn:aws:iam::111122223333:role/ci", policies });
    new LoadBalancerController(stack, "Controller", { cluster });
    expect(graphOf(stack).needs("helm_release", "aws_eks_access_policy_association")).toBe(true);
  });

  test("depends on cert-manager when that issues its webhook certificate", () => {
    const { stack, cluster } = importedCluster();
    const certManager = new CertManager(stack, "Certificates", { cluster, release: CertManagerRelease.of("v1.21.0") });
    const controller = new LoadBalancerController(stack, "Controller", { cluster, certManager });
    const graph = graphOf(stack);
    const [issuer = ""] = graph.all("helm_release").filter((address) => address.includes("Certificates"));
    const [release = ""] = graph.all("helm_release").filter((address) => address.includes("Controller"));
    expect(graph.needs(release, issuer)).toBe(true);
    expect(controller.fqn).toBeDefined();
  });

  test("rejects the stack that creates its cluster", () => {
    const { stack, cluster } = eksStack();
    expect(() => new LoadBalancerController(stack, "Controller", { cluster })).toViolate(
      ADD001,
      /EksCluster\.fromName/,
    );
  });

  test.each(["v2.12.0", "2.13.3", "v4.0.0"])("rejects release %s, whose policy is unknown", (version) => {
    expect(() => LoadBalancerControllerRelease.of(version)).toViolate(ADD008, /v2\.13\.3/);
  });

  test.each([
    { inboundCidrs: [] },
    { subnetIds: ["subnet-1"] },
    { certificateArns: ["arn:aws:iam::111122223333:server-certificate/old"] },
  ])("rejects parameters of a class that are invalid for the controller: %j", (params) => {
    expect(() => controllerWith({ ingressClassParams: IngressClassParams.of(params) })).toViolate(ADD010);
  });

  test("rejects a policy name that is invalid for IAM", () => {
    expect(() => controllerWith({ policyName: "with space" })).toViolate(NAM001);
  });
});

describe("settings of the load balancer controller's chart", () => {
  function inRegion(region: string, props: Partial<LoadBalancerControllerProps> = {}) {
    const stack = awsStack(region);
    new HelmProvider(stack, "helm");
    const lookup = { clusterName: "demo", version: KubernetesVersion.V1_35, region: Region.of(region) };
    const cluster = EksCluster.fromName(stack, "Cluster", lookup);
    new LoadBalancerController(stack, "Controller", { cluster, ...props });
    return releaseValues(stack);
  }

  test.each([
    ["cn-north-1", "918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn/amazon/aws-load-balancer-controller"],
    ["cn-northwest-1", "961992271922.dkr.ecr.cn-northwest-1.amazonaws.com.cn/amazon/aws-load-balancer-controller"],
  ])("use the regional image and none of the protection services in %s", (region, repository) => {
    expect(inRegion(region)).toMatchObject({
      image: { repository },
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    });
  });

  test.each(["eu-west-1", "us-gov-west-1"])("are the chart's in %s", (region) => {
    const values = inRegion(region);
    for (const key of ["image", "enableShield", "enableWaf", "enableWafv2"]) expect(values).not.toHaveProperty(key);
  });

  test("can be given", () => {
    const values = inRegion("cn-north-1", {
      image: { repository: "mirror.example.com/lbc", tag: "v2.17.1" },
      protection: { waf: true },
      values: { replicaCount: 3, resources: { limits: { memory: "512Mi" } }, logLevel: "debug" },
    });
    expect(values).toMatchObject({
      image: { repository: "mirror.example.com/lbc", tag: "v2.17.1" },
      enableShield: false,
      enableWafv2: true,
      replicaCount: 3,
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      logLevel: "debug",
    });
  });

  test("serve the Gateway API only on request", () => {
    const gates = (release: LoadBalancerControllerRelease, gatewayApi?: boolean) =>
      inRegion("eu-west-1", { release, ...(gatewayApi !== undefined && { gatewayApi }) })["controllerConfig"];
    expect(gates(LoadBalancerControllerRelease.V2_17_1)).toBeUndefined();
    expect(gates(LoadBalancerControllerRelease.V3_7_0)).toEqual({
      featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false },
    });
    for (const release of [LoadBalancerControllerRelease.V2_17_1, LoadBalancerControllerRelease.V3_7_0])
      expect(gates(release, true)).toEqual({ featureGates: { NLBGatewayAPI: true, ALBGatewayAPI: true } });
    expect(() => gates(LoadBalancerControllerRelease.V2_13_3, true)).toViolate(ADD014, /v2\.13\.3/);
  });

  test.each([-1, 1.5, NaN, 1001])("reject %d replicas", (replicas) => {
    expect(() => inRegion("eu-west-1", { replicas })).toViolate(ADD012);
  });

  test("reject an ingress class that is no name of an object", () => {
    expect(() => inRegion("eu-west-1", { ingressClass: "Public ALB" })).toViolate(NAM001);
  });

  test("change the policy with the release, but never its description, which would replace it", () => {
    const policyOf = (release: LoadBalancerControllerRelease) => resource(controllerWith({ release }).stack, IamPolicy);
    const [older, newer] = [LoadBalancerControllerRelease.V3_6_0, LoadBalancerControllerRelease.V3_7_0].map(policyOf);
    expect(newer?.["policy"]).not.toBe(older?.["policy"]);
    expect(newer?.["description"]).toBe(older?.["description"]);
    expect(newer?.["lifecycle"]).toEqual({ ignore_changes: ["description"] });
  });

  test.each(["constructor", "toString", "v9.9.9", ""])("reject the release %j", (version) => {
    expect(() => LoadBalancerControllerRelease.of(version)).toViolate(ADD008, /v3\.7\.0/);
  });
});
