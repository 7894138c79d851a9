import { Namespace, type NamespaceProps } from "@groundwork/constructs/kubernetes/namespace";
import { KUB018, KUB019, KUB021 } from "@groundwork/constructs/kubernetes/rules";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { graphOf } from "../../support/graph";
import { clusterStack, objectOf, webService } from "../../support/kubernetes";

describe("Namespace", () => {
  test("enforces the restricted standard by default, with warnings", () => {
    const stack = clusterStack();
    new Namespace(stack, "Shop", { name: "shop" });
    expect(objectOf(stack, "Namespace")).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "shop",
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
    });
  });

  test("enforces another standard on request", () => {
    const stack = clusterStack();
    new Namespace(stack, "Shop", { name: "shop", pods: "baseline" });
    expect(objectOf(stack, "Namespace", "metadata.labels")).toMatchObject({
      "pod-security.kubernetes.io/enforce": "baseline",
    });
  });

  test("is created before its objects and destroyed after them", () => {
    const stack = clusterStack();
    const base = new Namespace(stack, "Base", { name: "base" });
    const shop = new Namespace(stack, "Shop", { name: "shop", dependsOn: [base] });
    webService(stack, { namespace: shop.namespaceName, dependsOn: [shop] });
    const graph = graphOf(stack);
    for (const type of ["deployment_v1", "service_v1", "pod_disruption_budget_v1"])
      expect([type, graph.needs(`kubernetes_${type}`, "kubernetes_namespace_v1")]).toEqual([type, true]);
    expect(objectOf(stack, "Deployment", "metadata.namespace")).toBe("shop");
  });

  test.each(["3scale", "1", "x".repeat(63)])("accepts the name %s, an RFC 1123 label", (name) => {
    const stack = clusterStack();
    new Namespace(stack, "Shop", { name });
    webService(stack, { namespace: name });
    expect(objectOf(stack, "Namespace", "metadata.name")).toBe(name);
  });

  test("requests readiness gates of the load balancer, and has further labels and annotations", () => {
    const stack = clusterStack();
    const annotations = { "example.com/text": "${x}" };
    new Namespace(stack, "Shop", { name: "shop", readinessGates: true, labels: { team: "web" }, annotations });
    expect(objectOf(stack, "Namespace", "metadata")).toEqual({
      name: "shop",
      labels: {
        team: "web",
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
      annotations,
    });
  });

  test("rejects invalid labels and annotations, labels with a prop of their own, and a second namespace with the same name", () => {
    const stack = clusterStack();
    const namespace = (props: Partial<NamespaceProps>, id = JSON.stringify(props)) =>
      new Namespace(stack, id, { name: `shop-${stack.node.children.length}`, ...props });
    expect(() => namespace({ labels: { "a b": "c" } })).toViolate(KUB018);
    expect(() => namespace({ annotations: { "a b": "c" } })).toViolate(KUB019);
    expect(() => namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } })).toViolate(KUB021);
    namespace({ name: "shop" });
    expect(() => namespace({ name: "shop" }, "Again")).toViolate(NAM002);
  });

  test.each(["Shop", "", "shop.eu", "-", "x".repeat(64)])("rejects the name %p", (name) => {
    expect(() => new Namespace(clusterStack(), "Shop", { name })).toViolate(NAM001);
  });
});
