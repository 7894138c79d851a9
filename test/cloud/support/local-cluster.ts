import {
  CreateAddonCommand,
  CreateClusterCommand,
  CreateNodegroupCommand,
  DeleteClusterCommand,
  DeleteNodegroupCommand,
  EKSClient,
} from "@aws-sdk/client-eks";
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { KubernetesApi } from "@groundwork/local/kubernetes/api";
import { accessTo } from "@groundwork/local/kubernetes/cluster";
import { RELEASE_LABEL } from "@groundwork/local/kubernetes/provider/helm-release";
import { waitUntil } from "@groundwork/tooling/polling";
import type { LocalCloud } from "./local-cloud";

const REGION = "ap-northeast-2";
const ROLE = "arn:aws:iam::111122223333:role/nodes";
const TAGS = "k8s.io/cluster-autoscaler";

export const INGRESSES = { apiVersion: "networking.k8s.io/v1", plural: "ingresses", namespace: "default" };
export const DEPLOYMENTS = { apiVersion: "apps/v1", plural: "deployments", namespace: "default" };
const RECORDS = { apiVersion: "v1", plural: "configmaps", namespace: "kube-system" };

/** An EKS cluster in a local cloud, created by calls of AWS's API, and objects in it. */
export class LocalCluster {
  /** Creates a VPC with three public subnets, the cluster `demo` and a node group of three to five nodes with the autoscaler's tags. */
  static async create(cloud: LocalCloud): Promise<LocalCluster> {
    const session = new AwsSession(REGION, cloud.endpoint);
    const ec2 = session.client(EC2Client);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    const vpcId = Vpc?.VpcId ?? "";
    const subnetIds: string[] = [];
    for (const [index, zone] of ["a", "b", "c"].entries()) {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          VpcId: vpcId,
          CidrBlock: `10.0.${index * 32}.0/19`,
          AvailabilityZone: `${REGION}${zone}`,
          TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "kubernetes.io/role/elb", Value: "1" }] }],
        }),
      );
      subnetIds.push(Subnet?.SubnetId ?? "");
    }
    const eks = session.client(EKSClient);
    await eks.send(new CreateClusterCommand({ name: "demo", roleArn: ROLE, resourcesVpcConfig: { subnetIds } }));
    const { nodegroup } = await eks.send(
      new CreateNodegroupCommand({
        clusterName: "demo",
        nodegroupName: "general",
        nodeRole: ROLE,
        subnets: subnetIds,
        instanceTypes: ["m5.large"],
        labels: { team: "web" },
        scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 5 },
      }),
    );
    const cluster = new LocalCluster(cloud, session, vpcId, nodegroup?.resources?.autoScalingGroups?.[0]?.name ?? "");
    await cluster.tagGroup(`${TAGS}/enabled`, "true");
    await cluster.tagGroup(`${TAGS}/demo`, "owned");
    return cluster;
  }

  readonly api: KubernetesApi;

  private constructor(
    private readonly cloud: LocalCloud,
    private readonly session: AwsSession,
    readonly vpcId: string,
    readonly scalingGroup: string,
  ) {
    const { kubernetes } = cloud.cloud;
    if (kubernetes === undefined) throw new Error("the local cloud has no Kubernetes");
    this.api = new KubernetesApi(accessTo(kubernetes.cluster));
  }

  get ec2(): EC2Client {
    return this.session.client(EC2Client);
  }

  get elb(): ElasticLoadBalancingV2Client {
    return this.session.client(ElasticLoadBalancingV2Client);
  }

  get eks(): EKSClient {
    return this.session.client(EKSClient);
  }

  close(): void {
    this.api.close();
    this.session.destroy();
  }

  /** Deletes node group and cluster. */
  async destroy(): Promise<void> {
    await this.eks.send(new DeleteNodegroupCommand({ clusterName: "demo", nodegroupName: "general" }));
    await this.eks.send(new DeleteClusterCommand({ name: "demo" }));
  }

  async installMetricsServer(): Promise<void> {
    await this.eks.send(new CreateAddonCommand({ clusterName: "demo", addonName: "metrics-server" }));
  }

  /** Records a release as the stand-in for the Helm provider does. */
  async install(chart: string, values: object): Promise<void> {
    await this.api.create(RECORDS, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `helm-release-${chart}`, labels: { [RELEASE_LABEL]: chart } },
      data: { chart, values: JSON.stringify([JSON.stringify(values)]) },
    });
  }

  async uninstall(chart: string): Promise<void> {
    await this.api.remove(RECORDS, `helm-release-${chart}`);
  }

  async installController(): Promise<void> {
    const defaultTags = { Environment: "local" };
    await this.install("aws-load-balancer-controller", {
      ...{ clusterName: "demo", region: REGION, vpcId: this.vpcId, defaultTags },
    });
  }

  async installAutoscaler(): Promise<void> {
    await this.install("cluster-autoscaler", { autoDiscovery: { clusterName: "demo" }, awsRegion: REGION });
  }

  /** A Deployment with a Service of the same name. */
  async serve(name: string, replicas = 1, cpu = "200m"): Promise<void> {
    const labels = { app: name };
    const container = { name: "web", image: "web", ports: [{ containerPort: 8080 }], resources: { requests: { cpu } } };
    await this.api.create(DEPLOYMENTS, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    });
    await this.api.create(
      { apiVersion: "v1", plural: "services", namespace: "default" },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
      },
    );
  }

  /** An Ingress of the group `shop`. */
  async route(name: string, order: number, path: string, annotations: object = {}): Promise<void> {
    const prefix = "alb.ingress.kubernetes.io";
    await this.api.create(INGRESSES, {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name,
        annotations: {
          [`${prefix}/group.name`]: "shop",
          [`${prefix}/group.order`]: `${order}`,
          [`${prefix}/scheme`]: "internet-facing",
          [`${prefix}/target-type`]: "ip",
          ...annotations,
        },
      },
      spec: {
        ingressClassName: "alb",
        rules: [
          { http: { paths: [{ path, pathType: "Prefix", backend: { service: { name, port: { number: 80 } } } }] } },
        ],
      },
    });
  }

  async unroute(name: string): Promise<void> {
    await this.api.remove(INGRESSES, name);
    await this.eventually(async () => ((await this.api.get(INGRESSES, name)) === undefined ? [] : [name]), []);
  }

  /** The rules of all load balancers, such as `1 /contents, /contents/*`. */
  async rules(): Promise<readonly string[]> {
    const { LoadBalancers = [] } = await this.elb.send(new DescribeLoadBalancersCommand({}));
    const found: string[] = [];
    for (const { LoadBalancerArn } of LoadBalancers) {
      const { Listeners = [] } = await this.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
      for (const { ListenerArn } of Listeners) {
        const { Rules = [] } = await this.elb.send(new DescribeRulesCommand({ ListenerArn }));
        for (const { Priority = "", Conditions = [], IsDefault } of Rules)
          if (IsDefault !== true)
            found.push(`${Priority} ${Conditions.flatMap((each) => each.PathPatternConfig?.Values ?? []).join(", ")}`);
      }
    }
    return found.sort();
  }

  async availablePods(deployment: string): Promise<number> {
    const live = await this.api.get(DEPLOYMENTS, deployment);
    return ((live?.["status"] ?? {}) as { availableReplicas?: number }).availableReplicas ?? 0;
  }

  /** Waits until a value is the expected one, and compares it. */
  async eventually<T>(value: () => Promise<T>, expected: unknown): Promise<void> {
    let last: T | undefined;
    const isExpected = async (): Promise<boolean> => {
      last = await value();
      try {
        expect(last).toEqual(expected);
        return true;
      } catch {
        return false;
      }
    };
    await waitUntil(isExpected, 90_000, 300);
    expect(last).toEqual(expected);
  }

  private async tagGroup(key: string, value: string): Promise<void> {
    const tag = { ResourceId: this.scalingGroup, ResourceType: "auto-scaling-group", Key: key, Value: value };
    const parameters = Object.entries({ ...tag, PropagateAtLaunch: "false" }).map(([name, text]) => [
      `Tags.member.1.${name}`,
      text,
    ]);
    const response = await fetch(this.cloud.endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/autoscaling/aws4_request, SignedHeaders=host, Signature=0`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams([
        ["Action", "CreateOrUpdateTags"],
        ["Version", "2011-01-01"],
        ...(parameters as [string, string][]),
      ]).toString(),
    });
    expect(response.status).toBe(200);
  }
}
