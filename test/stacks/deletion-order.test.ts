import type { Graph } from "@groundwork/constructs/insight/deploy-time/graph";
import type { TerraformStack } from "cdktf";
import { graphOf } from "../support/graph";
import { releaseValues } from "../support/helm";
import { stackOf, stacks } from "../support/stacks";

/** Resources of a type in a stack, or some of them. */
interface Some {
  readonly stack: string;
  readonly addresses: readonly string[];
}

/** Everything of an environment that has to do with its cluster. */
class Teardown {
  private readonly graphs: ReadonlyMap<string, Graph>;

  constructor(private readonly environment: string) {
    const own = stacks.filter(({ node }) => node.id.startsWith(`${environment}-eks`));
    this.graphs = new Map(own.map((stack) => [stack.node.id, graphOf(stack)]));
  }

  /** Resources of a type, in the one stack that has them; `where` picks those whose arguments hold a text. */
  some(type: string, where = ""): Some {
    const found = [...this.graphs].flatMap(([stack, graph]) => {
      const addresses = graph.all(type).filter((one) => JSON.stringify(graph.blockOf(one)).includes(where));
      return addresses.length === 0 ? [] : [{ stack, addresses }];
    });
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) throw new Error(`${type} ${where} is in ${found.length} stacks`);
    return only;
  }

  /** Identities, policies and tags of one add-on: what lies below its construct. */
  below(stack: string, types: readonly string[], construct: string): Some {
    const graph = this.graphs.get(`${this.environment}-${stack}`);
    const addresses = types.flatMap((type) => graph?.all(type) ?? []).filter((one) => one.includes(`.${construct}_`));
    if (addresses.length === 0) throw new Error(`${construct} has no ${types.join(", ")}`);
    return { stack: `${this.environment}-${stack}`, addresses };
  }

  /**
   * Pairs that may go in the wrong order: what is removed later must be needed by what is removed earlier, by a path of
   * edges within a stack, by the order of the stacks across two.
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

  /** Stacks that hold anything of a type whose name begins so. */
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

  test("removes Ingresses before the controller that has to take their load balancer down, and before their Services", () => {
    expect(teardown.unproven(ingresses, controller)).toEqual([]);
    for (const noun of ["FlaskBackend", "NodejsBackend", "Frontend"])
      expect(
        teardown.unproven(
          teardown.below("eks-workloads", ["kubernetes_ingress_v1"], `Web_${noun}`),
          teardown.below("eks-workloads", ["kubernetes_service_v1"], noun),
        ),
      ).toEqual([]);
  });

  test("removes the class of Ingresses with its controller: one release holds both, so no Ingress outlives its class", () => {
    expect(releaseValues(stackOf(controller.stack), "aws-load-balancer-controller")).toMatchObject({
      ingressClass: "alb",
      ingressClassParams: { create: true },
    });
    expect(teardown.stacksWith("kubernetes_ingress_class")).toEqual([]);
    expect(teardown.stacksWith("kubernetes_manifest")).toEqual([]);
  });

  test("removes each program in the cluster before the role it works with", () => {
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

  // Entry and nodes owe each other nothing: nodes go by EKS's own API. What logs in is gone before either.
  test("keeps the deployer's way into the cluster until nothing of his is in it", () => {
    for (const inside of [ingresses, controller, autoscaler])
      for (const way of ["aws_eks_access_entry", "aws_eks_access_policy_association"])
        expect(teardown.unproven(inside, some(way))).toEqual([]);
    expect(teardown.stacksWith("kubernetes_").concat(teardown.stacksWith("helm_"))).not.toContain(cluster.stack);
  });

  test("keeps nodes and DNS until everything that runs on them is gone, the autoscaler too, which would bring nodes back", () => {
    const addons = ["amazon-cloudwatch-observability", "aws-ebs-csi-driver", "metrics-server"];
    for (const runs of [ingresses, controller, autoscaler, ...addons.map((one) => some("aws_eks_addon", `"${one}"`))])
      for (const ground of [nodes, some("aws_eks_addon", '"coredns"')])
        expect(teardown.unproven(runs, ground)).toEqual([]);
    expect(teardown.unproven(some("aws_eks_addon", '"coredns"'), nodes)).toEqual([]);
    expect(
      teardown.unproven(some("kubernetes_horizontal_pod_autoscaler_v2"), some("aws_eks_addon", '"metrics-server"')),
    ).toEqual([]);
  });

  test("removes nodes before plugins, routes, NAT, gateways and everything else they drain through", () => {
    const ways = ["aws_route", "aws_route_table_association", "aws_nat_gateway", "aws_eip", "aws_internet_gateway"];
    for (const way of [...ways, "aws_network_acl"]) expect(teardown.unproven(nodes, some(way))).toEqual([]);
    for (const plugin of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      expect(teardown.unproven(nodes, some("aws_eks_addon", `"${plugin}"`))).toEqual([]);
    expect(
      teardown.unproven(nodes, teardown.below("eks", ["aws_iam_role_policy_attachment"], "Cluster_Nodes")),
    ).toEqual([]);
  });

  test("removes NAT gateways before the gateway that their addresses are mapped through", () => {
    expect(teardown.unproven(some("aws_nat_gateway"), some("aws_internet_gateway"))).toEqual([]);
  });

  test("removes the cluster before its role, its records and its subnets, and whoever finds it before it", () => {
    for (const ground of ["aws_vpc", "aws_subnet"]) expect(teardown.unproven(nodes, some(ground))).toEqual([]);
    expect(teardown.unproven(cluster, some("aws_cloudwatch_log_group", "/aws/eks/"))).toEqual([]);
    for (const finder of teardown.stacksWith("data.aws_eks_cluster."))
      expect(comesAfter(stackOf(finder), cluster.stack)).toBe(true);
  });
});

describe("the proof", () => {
  const teardown = new Teardown("lab");

  test("finds what is not in order", () => {
    const [route, controller] = [teardown.some("aws_route"), teardown.some("helm_release", '"cluster-autoscaler"')];
    expect(teardown.unproven(route, teardown.some("aws_eks_node_group")).length).toBeGreaterThan(0);
    expect(teardown.unproven(route, controller)).toEqual(["lab-eks does not come after lab-eks-addons"]);
    expect(() => teardown.some("aws_lb")).toThrow("in 0 stacks");
  });
});
