import * as aws from "@groundwork/constructs/aws";
import * as addons from "@groundwork/constructs/aws/eks/addons";
import type { Construct } from "constructs";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { cluster, fresh, key, kubernetes, managedPolicy, network, region, statement } from "./surroundings";

function identity(scope: Construct, draw: Draw): aws.IdentityBinding {
  return draw.one(
    () => aws.IdentityBinding.podIdentity(),
    () => aws.IdentityBinding.irsa(aws.OidcProvider.fromCluster(scope, fresh(scope, "Oidc"), cluster(scope, draw))),
  );
}

function version(draw: Draw): aws.AddonVersion {
  return draw.one(
    () => aws.AddonVersion.newest(),
    () => aws.AddonVersion.defaultOfEks(),
    () => aws.AddonVersion.pinned(draw.text("v1.2.3-eksbuild.1")),
  );
}

const values = (draw: Draw) => ({ [draw.text("a", "image")]: draw.prose() });

/** Instance types, with an image of their architecture or, rarely, of another one. */
function nodes(draw: Draw): Pick<aws.NodeGroupProps, "instanceTypes" | "image"> {
  return draw.rarely(
    () =>
      draw.one(
        () => ({
          instanceTypes: [
            draw.text("m7i.large", "t3.medium"),
            ...draw.list(() => draw.text("m7i.xlarge", "t3.large"), 1),
          ] as const,
          ...draw.some({ image: () => draw.among(aws.NodeImage.AL2023, aws.NodeImage.BOTTLEROCKET) }),
        }),
        () => ({ instanceTypes: ["m7g.large"] as const, ...draw.some({ image: () => aws.NodeImage.AL2023_ARM64 }) }),
        () => ({ instanceTypes: ["g5.xlarge"] as const }),
      ),
    () => ({
      instanceTypes: [draw.text("m7i.large", "m7g.large", "g5.xlarge"), draw.text("t3.large", "t4g.large")] as const,
      image: draw.among(aws.NodeImage.AL2023, aws.NodeImage.BOTTLEROCKET, aws.NodeImage.AL2023_ARM64),
    }),
  );
}

function taint(draw: Draw): aws.Taint {
  return draw.one(
    () => aws.Taint.noSchedule(draw.text("a/b", "a-b", "gpu"), draw.text("x", "true")),
    () => aws.Taint.noExecute(draw.text("gpu"), draw.text("x")),
    () => aws.Taint.preferNoSchedule(draw.text("gpu")),
  );
}

function nodeGroup(
  scope: Construct,
  draw: Draw,
  version: aws.KubernetesVersion,
): Omit<aws.NodeGroupProps, "cluster" | "network"> {
  return {
    ...nodes(draw),
    scaling: draw.one(
      () => aws.Scaling.between(draw.number(1, 3), draw.number(3, 9)),
      () => aws.Scaling.manual(draw.among(1, draw.number(0, 3)), draw.number(3, 9)),
      () => aws.Scaling.fixed(draw.number(1, 4)),
    ),
    ...draw.some({
      tier: () => draw.text("private", "data", "public"),
      disk: () =>
        draw.one(
          () => draw.gibibytes(20, 500),
          () =>
            aws.Disk.gp3({ size: draw.gibibytes(20, 100), ...draw.some({ encryptionKey: () => key(scope, draw) }) }),
        ),
      purchase: () =>
        draw.one(
          () => aws.Purchase.onDemand(),
          () => aws.Purchase.spot(),
        ),
      labels: () =>
        draw.map(
          () => draw.text("team", "a/b", "a-b", "example.com/x"),
          () => draw.text("web", "a-b"),
        ),
      taints: () =>
        draw.distinct(
          () => taint(draw),
          draw.rarely(
            () => 1,
            () => 3,
          ),
        ),
      nodeGroupName: () => draw.text(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/),
      nodePolicies: () =>
        draw.distinct(() => draw.among(aws.NodePolicy.EBS, aws.NodePolicy.CLOUD_WATCH, aws.NodePolicy.AUTO_SCALER)),
      maxUnavailable: () => draw.number(1, 3),
      version: () =>
        draw.rarely(
          () => version,
          () => aws.KubernetesVersion.V1_34,
        ),
      dependsOn: () => [],
    }),
  };
}

function access(scope: Construct, draw: Draw): Omit<aws.AccessEntryProps, "cluster"> {
  const { partition } = region(scope, draw);
  return {
    principalArn: draw.among(
      `arn:${partition}:iam::111122223333:role/${draw.among("x", "y", "teams/z")}`,
      `arn:${partition}:iam::111122223333:user/${draw.among("a", "b")}`,
      draw.text(
        `arn:${partition}:iam::111122223333:role/w`,
        "arn:aws-cn:iam::111122223333:user/a",
        "arn:aws:iam::12:role/x",
      ),
    ),
    ...draw.some({
      policies: () =>
        draw.distinct(() =>
          draw.one(
            () => aws.AccessPolicy.clusterAdmin(),
            () => aws.AccessPolicy.viewEverything(),
            () => aws.AccessPolicy.edit(draw.text("default", "a_b")),
            () => aws.AccessPolicy.admin(draw.text("web")),
            () => aws.AccessPolicy.view(draw.text("web"), draw.text("shop")),
          ),
        ),
      groups: () => draw.distinct(() => draw.text("viewers", "system:masters"), 2),
    }),
  };
}

function inCluster(scope: Construct, draw: Draw) {
  return { cluster: cluster(scope, draw), ...draw.some({ dependsOn: () => [] }) };
}

export const EKS: Readonly<Record<string, Generator>> = {
  "aws.EksCluster": (scope, draw, id) => {
    region(scope, draw);
    const minor = draw.among(aws.KubernetesVersion.V1_34, aws.KubernetesVersion.V1_35);
    const created = new aws.EksCluster(scope, id, {
      network: network(scope, draw),
      version: minor,
      ...draw.some({
        clusterName: () => draw.text(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/),
        tier: () => draw.text("private", "public", "x"),
        zones: () =>
          draw.rarely(
            () => draw.among(["a", "b"], ["b", "a"]),
            () => ["a"],
          ),
        endpoint: () =>
          draw.one(
            () => aws.Endpoint.private(),
            () => aws.Endpoint.openToTheWorld(),
            () => aws.Endpoint.privateAnd(draw.office()),
          ),
        secretsEncryption: () =>
          draw.one(
            () => aws.SecretsEncryption.keyOfAws(),
            () => aws.SecretsEncryption.keyOfItsOwn(),
            () => aws.SecretsEncryption.with(key(scope, draw)),
          ),
        logs: () =>
          draw.one(
            () => aws.ClusterLogs.inGroupOfEks(),
            () =>
              aws.ClusterLogs.kept(
                draw.some({ retention: () => draw.days(30, 30), encryptionKey: () => key(scope, draw) }),
              ),
          ),
        support: () =>
          draw.one(
            () => aws.Support.extended(),
            () => aws.Support.standardOnly(),
          ),
        addonVersions: () => ({ coredns: version(draw), "vpc-cni": version(draw) }),
        addonConfiguration: () =>
          draw.some({
            "vpc-cni": () =>
              draw.some({
                prefixDelegation: () => draw.flag(),
                warmPrefixes: () => draw.number(1, 3),
                networkPolicies: () => draw.flag(),
                environment: () =>
                  draw.map(
                    () => draw.text("AWS_X"),
                    () => draw.prose(),
                  ),
              }),
            coredns: () => draw.some({ replicas: () => draw.number(2, 4), corefile: () => draw.prose() }),
            "kube-proxy": () => draw.some({ mode: () => draw.among("iptables" as const, "ipvs" as const) }),
          }),
        deletionProtection: () => false,
        today: () => draw.text("2026-11-24", "x"),
      }),
    });
    for (const [name, props] of draw.list(
      () => [draw.text(/^[A-Z][a-z]{2,9}$/), nodeGroup(scope, draw, minor)] as const,
      2,
    ))
      created.addNodeGroup(name, props);
    for (const [name, props] of draw.list(() => [draw.text(/^[A-Z][a-z]{2,9}$/), access(scope, draw)] as const, 2))
      created.addAccess(name, props);
  },
  "aws.NodeGroup": (scope, draw, id) => {
    const existing = cluster(scope, draw);
    return new aws.NodeGroup(scope, id, {
      cluster: existing,
      network: network(scope, draw),
      ...nodeGroup(scope, draw, existing.version),
    });
  },
  "aws.AccessEntry": (scope, draw, id) =>
    new aws.AccessEntry(scope, id, { cluster: cluster(scope, draw), ...access(scope, draw) }),
  "aws.ManagedAddon": (scope, draw, id) => {
    const addon = draw.one(
      () => draw.among(aws.Addon.EBS_CSI_DRIVER, aws.Addon.METRICS_SERVER, aws.Addon.COREDNS, aws.Addon.EFS_CSI_DRIVER),
      () => aws.Addon.of(draw.text("adot", "x_y"), { order: "after-nodes" }),
    );
    const callsAws = draw.rarely(
      () => addon.needsIdentity,
      () => !addon.needsIdentity,
    );
    return new aws.ManagedAddon(scope, id, {
      ...inCluster(scope, draw),
      addon,
      ...(callsAws ? { identity: identity(scope, draw) } : {}),
      ...draw.some({ version: () => version(draw), configuration: () => values(draw) }),
    });
  },
  "aws.OidcProvider": (scope, draw, id) => new aws.OidcProvider(scope, id, { cluster: cluster(scope, draw) }),
  "aws.WorkloadIdentity": (scope, draw, id) => {
    const created = new aws.WorkloadIdentity(scope, id, {
      cluster: cluster(scope, draw),
      namespace: draw.name(),
      serviceAccount: draw.text("web", "b.c"),
      ...draw.some({
        binding: () => identity(scope, draw),
        managedPolicies: () => draw.distinct(() => managedPolicy(scope, draw), 2),
        roleName: () => draw.text(/^[A-Za-z+=,.@-]{1,20}$/),
      }),
    });
    created.addToPolicy(...draw.list(() => statement(scope, draw), 2));
  },
  "addons.CertManager": (scope, draw, id) => {
    kubernetes(scope);
    return new addons.CertManager(scope, id, {
      cluster: cluster(scope, draw),
      release: draw.one(
        () => addons.CertManagerRelease.of(draw.among("v1.20.0", draw.text("v1.21.2", "v1.18.2"))),
        () => addons.CertManagerRelease.unsupported(draw.text("v1.18.2")),
      ),
      ...draw.some({ values: () => values(draw) }),
    });
  },
  "addons.ClusterAutoscaler": (scope, draw, id) =>
    new addons.ClusterAutoscaler(scope, id, {
      ...inCluster(scope, draw),
      ...draw.some({
        imageTag: () => draw.text("v1.34.0"),
        identity: () => identity(scope, draw),
        replicas: () => draw.number(1, 3),
        unneededFor: () => draw.seconds(60, 600),
        values: () => values(draw),
      }),
    }),
  "addons.ContainerInsights": (scope, draw, id) =>
    new addons.ContainerInsights(scope, id, {
      ...inCluster(scope, draw),
      ...draw.some({
        retention: () => draw.days(30, 30),
        encryptionKey: () => key(scope, draw),
        identity: () => identity(scope, draw),
        fluentBitPort: () => draw.number(1_024, 65_535),
        containerLogs: () => draw.flag(),
        enhancedMetrics: () => draw.flag(),
        applicationSignals: () => draw.flag(),
        accelerators: () => draw.flag(),
        configuration: () => values(draw),
        version: () => version(draw),
      }),
    }),
  "addons.LoadBalancerController": (scope, draw, id) =>
    new addons.LoadBalancerController(scope, id, {
      ...inCluster(scope, draw),
      ...draw.some({
        release: () => addons.LoadBalancerControllerRelease.V3_7_0,
        identity: () => identity(scope, draw),
        policyName: () => draw.text(/^[A-Za-z+=,.@-]{1,20}$/),
        ingressClass: () => draw.text("alb", "a b"),
        ingressClassParams: () =>
          addons.IngressClassParams.of(
            draw.some({
              scheme: () => draw.among("internal" as const, "internet-facing" as const),
              inboundCidrs: () => draw.list(() => draw.text("10.0.0.0/8")),
              tags: () => draw.tags(),
            }),
          ),
        replicas: () => draw.number(1, 3),
        image: () => ({
          repository: draw.text("x.dkr.ecr.eu-west-1.amazonaws.com/a"),
          ...draw.some({ tag: () => draw.text("v1") }),
        }),
        protection: () =>
          draw.some({ shield: () => draw.flag(), waf: () => draw.flag(), wafClassic: () => draw.flag() }),
        gatewayApi: () => draw.flag(),
        values: () => values(draw),
        defaultTags: () => draw.tags(),
        certManager: () =>
          new addons.CertManager(scope, fresh(scope, "CertManager"), {
            cluster: cluster(scope, draw),
            release: addons.CertManagerRelease.unsupported("v1.18.2"),
          }),
      }),
    }),
  "addons.MetricsServer": (scope, draw, id) =>
    new addons.MetricsServer(scope, id, {
      ...inCluster(scope, draw),
      ...draw.some({ version: () => version(draw), configuration: () => values(draw) }),
    }),
};
