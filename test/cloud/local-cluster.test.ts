import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsSession } from "@groundwork/cli/aws/aws-session";
import { findOrphans } from "@groundwork/cli/orphans/orphans";
import { deleteLeftovers } from "@groundwork/cli/sweep/deletion";
import { listLeftovers } from "@groundwork/cli/sweep/leftovers";
import { LOAD } from "@groundwork/local/kubernetes/controllers/metrics";
import { isReady, NODES } from "@groundwork/local/kubernetes/nodes";
import { hasKubernetes } from "@groundwork/local/kubernetes/tools";
import { DEPLOYMENTS, INGRESSES, LocalCluster } from "./support/local-cluster";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

/** Without its programs there is no API server; in CI that is an error, since a skip would look like a success. */
const describeWithKubernetes = !hasKubernetes() && process.env["CI"] !== "true" ? describe.skip : describe;

describeWithKubernetes("a cluster of the local cloud", () => {
  let cloud: LocalCloud;
  let cluster: LocalCluster;

  beforeAll(async () => {
    cloud = await LocalCloud.start({ parts: ["kubernetes"] });
    cluster = await LocalCluster.create(cloud);
  }, 25 * 60_000);

  afterAll(async () => {
    cluster.close();
    await cloud.stop();
  });

  const readyNodes = async () => (await cluster.api.list(NODES)).filter(isReady).length;

  test("is in the VPC of its subnets, with a security group that exists", async () => {
    const described = await cluster.eks.send(new DescribeClusterCommand({ name: "demo" }));
    const { vpcId, clusterSecurityGroupId = "" } = described.cluster?.resourcesVpcConfig ?? {};
    expect(vpcId).toBe(cluster.vpcId);
    const { SecurityGroups = [] } = await cluster.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [clusterSecurityGroupId] }),
    );
    expect(SecurityGroups).toMatchObject([{ VpcId: vpcId }]);
  });

  test("has one node for each instance, in its zone, with its labels and the addresses of its subnet", async () => {
    const providers = async () =>
      (await cluster.api.list(NODES)).map(({ spec }) => (spec as { providerID?: string }).providerID ?? "").sort();
    const { Reservations = [] } = await cluster.ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: "tag:eks:nodegroup-name", Values: ["general"] }] }),
    );
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances).map(
      ({ InstanceId, Placement }) => `aws:///${Placement?.AvailabilityZone ?? ""}/${InstanceId ?? ""}`,
    );
    await cluster.eventually(providers, [...instances].sort());
    expect(new Set(instances.map((id) => id.split("/")[3])).size).toBe(3);
    const [node] = await cluster.api.list(NODES);
    expect(node?.metadata.labels).toMatchObject({ team: "web", "eks.amazonaws.com/nodegroup": "general" });
    expect((node?.["status"] as { allocatable: object }).allocatable).toMatchObject({ cpu: "1930m", pods: "29" });
    await cluster.eventually(readyNodes, 3);
  });

  test("has one load balancer for a group of Ingresses, whose rules follow the order of the group", async () => {
    for (const name of ["contents", "services", "front"]) await cluster.serve(name);
    await cluster.route("front", 3, "/");
    await cluster.route("contents", 1, "/contents");
    await cluster.route("services", 2, "/services");
    // Without the controller nothing happens.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await cluster.rules()).toEqual([]);

    await cluster.installController();
    await cluster.eventually(() => cluster.rules(), ["1 /contents, /contents/*", "2 /services, /services/*", "3 /*"]);
    const { LoadBalancers = [] } = await cluster.elb.send(new DescribeLoadBalancersCommand({}));
    expect(LoadBalancers).toHaveLength(1);
    const [balancer] = LoadBalancers;
    expect(balancer).toMatchObject({ Scheme: "internet-facing", VpcId: cluster.vpcId });
    expect(balancer?.LoadBalancerName).toMatch(/^k8s-shop-[0-9a-f]{10}$/);
    expect(balancer?.AvailabilityZones).toHaveLength(3);
    const { TagDescriptions: [tags] = [] } = await cluster.elb.send(
      new DescribeTagsCommand({ ResourceArns: [balancer?.LoadBalancerArn ?? ""] }),
    );
    expect(Object.fromEntries((tags?.Tags ?? []).map(({ Key = "", Value }) => [Key, Value]))).toMatchObject({
      "elbv2.k8s.aws/cluster": "demo",
      "ingress.k8s.aws/stack": "shop",
      Environment: "local",
    });
    const hostnames = async () =>
      (await cluster.api.list(INGRESSES)).map(({ metadata, status }) => [
        metadata.finalizers,
        (status as { loadBalancer?: { ingress?: { hostname: string }[] } }).loadBalancer?.ingress?.[0]?.hostname,
      ]);
    await cluster.eventually(
      hostnames,
      [1, 2, 3].map(() => [["group.ingress.k8s.aws/shop"], balancer?.DNSName]),
    );
  });

  test("has the pods as targets, whose addresses belong to the interfaces of their nodes, which admit the load balancer", async () => {
    const targets = async () => {
      const { TargetGroups = [] } = await cluster.elb.send(new DescribeTargetGroupsCommand({}));
      const ids = await Promise.all(
        TargetGroups.map(async ({ TargetGroupArn }) => {
          const health = await cluster.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
          return (health.TargetHealthDescriptions ?? []).map(
            ({ Target }) => `${Target?.Id ?? ""}:${Target?.Port ?? ""}`,
          );
        }),
      );
      return ids.flat().sort();
    };
    const pods = await cluster.api.list({ apiVersion: "v1", plural: "pods", namespace: "default" });
    const addresses = pods.map(({ status }) => (status as { podIP: string }).podIP);
    await cluster.eventually(targets, addresses.map((address) => `${address}:8080`).sort());
    const interfaces = async () => {
      const Filters = [{ Name: "addresses.private-ip-address", Values: addresses }];
      const { NetworkInterfaces = [] } = await cluster.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
      return NetworkInterfaces.map(({ Attachment }) => Attachment?.InstanceId?.slice(0, 2));
    };
    await cluster.eventually(interfaces, ["i-", "i-", "i-"]);
    const { SecurityGroups = [] } = await cluster.ec2.send(new DescribeSecurityGroupsCommand({}));
    const backend = SecurityGroups.find(({ GroupName = "" }) => GroupName.startsWith("k8s-traffic-demo"));
    const nodes = SecurityGroups.find(({ GroupName = "" }) => GroupName.startsWith("eks-cluster-sg-demo"));
    expect(nodes?.IpPermissions).toContainEqual(
      expect.objectContaining({
        FromPort: 8080,
        ToPort: 8080,
        UserIdGroupPairs: [expect.objectContaining({ GroupId: backend?.GroupId })],
      }),
    );
  });

  test("changes the load balancer when a member is removed, added, or changed", async () => {
    const { LoadBalancers: before = [] } = await cluster.elb.send(new DescribeLoadBalancersCommand({}));
    await cluster.unroute("contents");
    await cluster.eventually(() => cluster.rules(), ["1 /services, /services/*", "2 /*"]);
    await cluster.route("contents", 1, "/contents");
    await cluster.eventually(() => cluster.rules(), ["1 /contents, /contents/*", "2 /services, /services/*", "3 /*"]);
    const order = { "alb.ingress.kubernetes.io/group.order": "0" };
    await cluster.api.merge(INGRESSES, "services", { metadata: { annotations: order } });
    await cluster.eventually(() => cluster.rules(), ["1 /services, /services/*", "2 /contents, /contents/*", "3 /*"]);
    const { LoadBalancers: after = [] } = await cluster.elb.send(new DescribeLoadBalancersCommand({}));
    expect(after.map(({ LoadBalancerArn }) => LoadBalancerArn)).toEqual(
      before.map(({ LoadBalancerArn }) => LoadBalancerArn),
    );
  });

  test("listens with HTTPS, redirects HTTP, and keeps its certificate when members are added", async () => {
    const prefix = "alb.ingress.kubernetes.io";
    const secure = {
      [`${prefix}/group.name`]: "secure",
      [`${prefix}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
      [`${prefix}/ssl-redirect`]: "443",
      [`${prefix}/ssl-policy`]: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      [`${prefix}/certificate-arn`]: "arn:aws:acm:ap-northeast-2:111122223333:certificate/1",
    };
    const before = await cluster.rules();
    for (const [index, name] of ["one", "two"].entries()) {
      await cluster.serve(name);
      await cluster.route(name, index, `/${name}`, secure);
      const hostname = async () =>
        JSON.stringify((await cluster.api.get(INGRESSES, name))?.["status"]).includes("hostname");
      await cluster.eventually(hostname, true);
    }
    // The HTTP listener has no rules: it only redirects.
    const added = ["1 /one, /one/*", "2 /two, /two/*"];
    expect(await cluster.rules()).toEqual([...before, ...added].sort());
    for (const name of ["one", "two"]) await cluster.unroute(name);
    await cluster.eventually(() => cluster.rules(), before);
  });

  test("scales pods with their load where the metrics server is installed", async () => {
    const autoscalers = { apiVersion: "autoscaling/v2", plural: "horizontalpodautoscalers", namespace: "default" };
    const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 30 } };
    await cluster.api.create(autoscalers, {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "front" },
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "front" },
        metrics: [{ type: "Resource", resource: cpu }],
      },
    });
    const load = (millicores: string | null) =>
      cluster.api.merge(DEPLOYMENTS, "front", { metadata: { annotations: { [LOAD]: millicores } } });
    await load("2000");
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await cluster.availablePods("front")).toBe(1);
    await cluster.installMetricsServer();
    await cluster.eventually(() => cluster.availablePods("front"), 5);
    await load(null);
    await cluster.eventually(() => cluster.availablePods("front"), 1);
  });

  test("adds nodes for pods without a node, up to the maximum, and removes unneeded ones, where the autoscaler is installed", async () => {
    await cluster.serve("many", 100, "80m");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await readyNodes()).toBe(3);
    await cluster.installAutoscaler();
    await cluster.eventually(readyNodes, 5);
    await cluster.eventually(() => cluster.availablePods("many"), 100);
    await cluster.api.remove(DEPLOYMENTS, "many");
    await cluster.eventually(readyNodes, 3);
    // The pods of removed nodes run elsewhere.
    await cluster.eventually(() => cluster.availablePods("services"), 1);
  });

  test("keeps an Ingress whose controller is removed first; with it everything is deleted with the last Ingress", async () => {
    await cluster.uninstall("aws-load-balancer-controller");
    await cluster.api.remove(INGRESSES, "front");
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect((await cluster.api.get(INGRESSES, "front"))?.metadata.finalizers).toEqual(["group.ingress.k8s.aws/shop"]);
    await cluster.installController();
    for (const name of ["front", "contents", "services"]) await cluster.unroute(name);
    await cluster.eventually(() => leftObjects(cluster), 0);
  });

  test("leaves objects that `groundwork sweep` finds and deletes, and that `groundwork orphans` leaves to it", async () => {
    await cluster.route("front", 1, "/");
    await cluster.route("services", 2, "/services");
    await cluster.eventually(async () => (await cluster.rules()).length, 2);
    await cluster.uninstall("aws-load-balancer-controller");
    // As when the controller, or the whole cluster, was removed first.
    for (const name of ["front", "services"]) {
      await cluster.api.merge(INGRESSES, name, { metadata: { finalizers: [] } });
      await cluster.unroute(name);
    }
    const session = new AwsSession("ap-northeast-2", cloud.endpoint);
    const network = { clusterName: "demo", networkId: cluster.vpcId };
    const found = await listLeftovers(session, network);
    expect(found.map(({ kind }) => kind)).toEqual([
      "load balancer",
      "target group",
      "target group",
      "security group rule",
      "security group",
      "security group",
    ]);
    const stacks = synth(cloud.directory, "local").filter(({ id }) => id === "local-eks-addons");
    const inventory = (region: string) =>
      Promise.resolve({ session: new AwsSession(region, cloud.endpoint), region, account: "111122223333" });
    const pullState = () => Promise.resolve("");
    const orphans = await findOrphans({ tags: { Environment: "local" }, stacks, pullState, inventory });
    expect(orphans).toMatchObject({ imports: [], removals: [], unknown: [] });
    await deleteLeftovers(found, session, () => undefined);
    expect(await listLeftovers(session, network)).toEqual([]);
    expect(await leftObjects(cluster)).toBe(0);
    session.destroy();
  });

  test("has three nodes of its own when the node group is deleted", async () => {
    await cluster.destroy();
    const names = async () => (await cluster.api.list(NODES)).map(({ metadata }) => metadata.name).sort();
    await cluster.eventually(names, ["node-a", "node-b", "node-c"]);
  });
});

/** Number of load balancers and target groups, and of security groups that the controller has created. */
async function leftObjects({ elb, ec2 }: LocalCluster): Promise<number> {
  const [{ LoadBalancers = [] }, { TargetGroups = [] }, { SecurityGroups = [] }] = await Promise.all([
    elb.send(new DescribeLoadBalancersCommand({})),
    elb.send(new DescribeTargetGroupsCommand({})),
    ec2.send(new DescribeSecurityGroupsCommand({})),
  ]);
  const groups = SecurityGroups.filter(({ GroupName = "" }) => GroupName.startsWith("k8s-"));
  return LoadBalancers.length + TargetGroups.length + groups.length;
}
