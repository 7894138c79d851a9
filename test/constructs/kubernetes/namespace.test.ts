import { Namespace } from "@groundwork/constructs/kubernetes/namespace";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { graphOf } from "../../support/graph";
import { clusterStack, objectOf, webService } from "../../support/kubernetes";

describe("Namespace", () => {
  test("lets in pods that want nothing of their nodes, and says so before it refuses", () => {
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

  test("lets in more when that is said", () => {
    const stack = clusterStack();
    new Namespace(stack, "Shop", { name: "shop", pods: "baseline" });
    expect(objectOf(stack, "Namespace", "metadata.labels")).toMatchObject({
      "pod-security.kubernetes.io/enforce": "baseline",
    });
  });

  test("stands before what is put into it, and goes after", () => {
    const stack = clusterStack();
    const room = new Namespace(stack, "Room", { name: "room" });
    const shop = new Namespace(stack, "Shop", { name: "shop", dependsOn: [room] });
    webService(stack, { namespace: shop.namespaceName, dependsOn: [shop] });
    const graph = graphOf(stack);
    for (const inside of ["deployment_v1", "service_v1", "pod_disruption_budget_v1"])
      expect([inside, graph.needs(`kubernetes_${inside}`, "kubernetes_namespace_v1")]).toEqual([inside, true]);
    expect(objectOf(stack, "Deployment", "metadata.namespace")).toBe("shop");
  });

  test.each(["Shop", "shop.eu", "-", "x".repeat(64)])("rejects the name %p", (name) => {
    expect(() => new Namespace(clusterStack(), "Shop", { name })).toViolate(NAM001);
  });
});
