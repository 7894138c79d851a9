import type { ResourceGraph } from "@groundwork/constructs/insight/deploy-time/resource-graph";
import type { TerraformStack } from "cdktf";
import { graphOf } from "../support/graph";
import { releaseValues } from "../support/helm";
import { stackOf, stacks } from "../support/stacks";

/** Resources of a type in a stack, or some of them. */
interface Some {
  readonly stack: string;
  readonly addresses: readonly string[];
}

/** The stacks of an environment's cluster. */
class Teardown {
  private readonly graphs: ReadonlyMap<string, ResourceGraph>;

  constructor(private readonly environment: string) {
    const own = stacks.filter(({ node }) => node.id.startsWith(`${environment}-eks`));
    this.graphs = new Map(own.map((stack) => [stack.node.id, graphOf(stack)]));
  }

  /** Resources of a type in the only stack that has them; `where` selects those whose arguments contain a text. */
  some(type: string, where = ""): Some {
    const found = [...this.graphs].flatMap(([stack, graph]) => {
      const addresses = graph.all(type).filter((one) => JSON.stringify(graph.blockOf(one)).includes(where));
      return addresses.length === 0 ? [] : [{ stack, addresses }];
    });
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) throw new Error(`${type} ${where} is in ${found.length} stacks`);
    return only;
  }

  /** Identities, policies and tags of one add-on: the resources below its construct. */
  below(stack: string, types: readonly string[], construct: string): Some {
    const graph = this.graphs.get(`${this.environment}-${stack}`);
    const addresses = types.flatMap((type) => graph?.all(type) ?? []).filter((one) => one.includes(`.${construct}_`));
    if (addresses.length === 0) throw new Error(`${construct} has no ${types.join(", ")}`);
    return { stack: `${this.environment}-${stack}`, addresses };
  }

  /**
   * Pairs that may be removed in the wrong order. The resource that is removed first must depend on the other one: through a path
   * of edges within a stack, or through the order of two stacks.
   */
  unproven(earlier: Some, later: Some): readonly string[] {
    if (earlier.stack !== later.stack)
      return comesAfter(stackOf(earlier.stack), later.stack)
        ? []
        : [`${earlier.stack} does not come after ${later.stack}`];
    const graph = this.graphs.get(earlier.stack);
    return earlier.addresses.flatMap((one) => {
      const needed = graph?.needsOf(one);
      return later.addresses.filter((other) => needed?.has(other) !== true).map((other) => `${one} before ${other}`);
    });
  }

  /** Stacks with a resource of a type that has the prefix. */
  stacksWith(prefix: string): readonly string[] {
    return [...this.graphs]
      .filter(([, graph]) => graph.addresses.some((one) => one.startsWith(prefix)))
      .map(([id]) => id);
  }
}

function comesAfter(stack: TerraformStack, other: string): boolean {
  return stack.dependencies.some((one) => one.node.id === other || comesAfter(one, other));
}

describe.each(["lab", "production", "local"])("destroying %s", (environment) => {
  const teardown = new Teardown(environment);
  const some = (type: string, where?: string) => teardown.some(type, where);
  const ingresses = some("kubernetes_ingress_v1");
  const controller = some("helm_release", '"aws-load-balancer-controller"');
  const autoscaler = some("helm_release", '"cluster-autoscaler"');
  const nodes = some("aws_eks_node_group");
  const cluster = some("aws_eks_cluster");

  test("removes Ingresses before the controller that deletes their load balancer, and before their Services", () => {
    expect(teardown.unproven(ingresses, controller)).toEqual([]);
    for (const noun of ["FlaskBackend", "NodejsBackend", "Frontend"])
      expect(
        teardown.unproven(
          teardown.below("eks-workloads", ["kubernetes_ingress_v1"], `Web_${noun}`),
          teardown.below("eks-workloads", ["kubernetes_service_v1"], noun),
        ),
      ).toEqual([]);
  });

  test("removes the IngressClass with its controller: one release contains both, so no Ingress outlives its class", () => {
    expect(releaseValues(stackOf(controller.stack), "aws-load-balancer-controller")).toMatchObject({
      ingressClass: "alb",
      ingressClassParams: { create: true },
    });
    expect(teardown.stacksWith("kubernetes_ingress_class")).toEqual([]);
    expect(teardown.stacksWith("kubernetes_manifest")).toEqual([]);
  });

  test("removes each program in the cluster before the role that it uses", () => {
    const identity = ["aws_iam_role", "aws_iam_role_policy_attachment", "aws_iam_role_policy"];
    const associations = environment === "production" ? ["aws_eks_pod_identity_association"] : [];
    for (const [program, construct] of [
      [controller, "LoadBalancerController"],
      [autoscaler, "ClusterAutoscaler"],
      [some("aws_eks_addon", '"amazon-cloudwatch-observability"'), "ContainerInsights"],
      [some("aws_eks_addon", '"aws-ebs-csi-driver"'), "EbsCsiDriver"],
    ] as const)
      expect(
        teardown.unproven(program, teardown.below("eks-addons", [...identity, ...associations], construct)),
      ).toEqual([]);
    expect(teardown.unproven(controller, some("aws_iam_policy"))).toEqual([]);
  });

  // Access entries and nodes do not depend on each other: EKS's own API removes nodes. Resources that log in are removed before both.
  test("keeps the deployer's access entry until all its objects are removed from the cluster", () => {
    for (const inside of [ingresses, controller, autoscaler])
      for (const way of ["aws_eks_access_entry", "aws_eks_access_policy_association"])
        expect(teardown.unproven(inside, some(way))).toEqual([]);
    expect(teardown.stacksWith("kubernetes_").concat(teardown.stacksWith("helm_"))).not.toContain(cluster.stack);
  });

  test("keeps nodes and DNS until all pods are removed, including the autoscaler, which would create nodes again", () => {
    const addons = ["amazon-cloudwatch-observability", "aws-ebs-csi-driver", "metrics-server"];
    for (const runs of [ingresses, controller, autoscaler, ...addons.map((one) => some("aws_eks_addon", `"${one}"`))])
      for (const ground of [nodes, some("aws_eks_addon", '"coredns"')])
        expect(teardown.unproven(runs, ground)).toEqual([]);
    expect(teardown.unproven(some("aws_eks_addon", '"coredns"'), nodes)).toEqual([]);
    expect(
      teardown.unproven(some("kubernetes_horizontal_pod_autoscaler_v2"), some("aws_eks_addon", '"metrics-server"')),
    ).toEqual([]);
  });

  test("removes nodes before the plugins, routes, NAT and gateways that draining needs", () => {
    const ways = ["aws_route", "aws_route_table_association", "aws_nat_gateway", "aws_eip", "aws_internet_gateway"];
    for (const way of [...ways, "aws_network_acl"]) expect(teardown.unproven(nodes, some(way))).toEqual([]);
    for (const plugin of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      expect(teardown.unproven(nodes, some("aws_eks_addon", `"${plugin}"`))).toEqual([]);
    expect(
      teardown.unproven(nodes, teardown.below("eks", ["aws_iam_role_policy_attachment"], "Cluster_Nodes")),
    ).toEqual([]);
  });

  test("removes NAT gateways before the internet gateway that maps their addresses", () => {
    expect(teardown.unproven(some("aws_nat_gateway"), some("aws_internet_gateway"))).toEqual([]);
  });

  test("removes the cluster before its role, logs and subnets, and after the stacks that find it by name", () => {
    for (const ground of ["aws_vpc", "aws_subnet"]) expect(teardown.unproven(nodes, some(ground))).toEqual([]);
    expect(teardown.unproven(cluster, some("aws_cloudwatch_log_group", "/aws/eks/"))).toEqual([]);
    for (const finder of teardown.stacksWith("data.aws_eks_cluster."))
      expect(comesAfter(stackOf(finder), cluster.stack)).toBe(true);
  });
});

describe("the check of the deletion order", () => {
  const teardown = new Teardown("lab");

  test("finds a wrong order", () => {
    const [route, controller] = [teardown.some("aws_route"), teardown.some("helm_release", '"cluster-autoscaler"')];
    expect(teardown.unproven(route, teardown.some("aws_eks_node_group")).length).toBeGreaterThan(0);
    expect(teardown.unproven(route, controller)).toEqual(["lab-eks does not come after lab-eks-addons"]);
    expect(() => teardown.some("aws_lb")).toThrow("in 0 stacks");
  });
});
