import { Namespace } from "@groundwork/constructs/kubernetes/namespace";
import { NAM001 } from "@groundwork/constructs/core/rules";
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

  test.each(["Shop", "shop.eu", "-", "x".repeat(64)])("rejects the name %p", (name) => {
    expect(() => new Namespace(clusterStack(), "Shop", { name })).toViolate(NAM001);
  });
});
