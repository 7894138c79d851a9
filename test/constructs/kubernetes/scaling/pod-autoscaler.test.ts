import { NAM001 } from "@groundwork/constructs/core/rules";
import { PodAutoscaler, type PodAutoscalerProps } from "@groundwork/constructs/kubernetes/scaling/pod-autoscaler";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { KUB010, KUB011, KUB012, KUB013 } from "@groundwork/constructs/kubernetes/rules";
import type { WebServiceProps } from "@groundwork/constructs/kubernetes/workload/web-service";
import { graphOf } from "../../../support/graph";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

function scaled(props: Partial<PodAutoscalerProps> = {}, service: Partial<WebServiceProps> = {}) {
  const stack = clusterStack();
  const target = webService(stack, { replicas: Replicas.autoscaled(), ...service });
  new PodAutoscaler(stack, "Autoscaler", { target, min: 1, max: 5, cpuPercent: 30, ...props });
  return stack;
}

describe("PodAutoscaler", () => {
  test("renders the autoscaler of the lab: 1 to 5 pods at 30 percent of the CPU request", () => {
    expect(objectOf(scaled({}, { name: "demo-flask-backend" }), "HorizontalPodAutoscaler")).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "demo-flask-backend-hpa", namespace: "default" },
      spec: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "demo-flask-backend" },
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 30 } } },
        ],
      },
    });
  });

  test("is in the namespace of its target, and accepts another name", () => {
    expect(objectOf(scaled({ name: "scaler" }, { namespace: "shop" }), "HorizontalPodAutoscaler", "metadata")).toEqual({
      name: "scaler",
      namespace: "shop",
    });
  });

  test("is created after its target and destroyed before it; a target outside of the stack is referred to by name only", () => {
    const stack = scaled();
    expect(graphOf(stack).needs("kubernetes_horizontal_pod_autoscaler_v2", "kubernetes_deployment_v1")).toBe(true);
    const target = {
      scaleTarget: {
        deploymentName: "elsewhere",
        namespace: "default",
        replicas: Replicas.autoscaled(),
        requestedCpu: Cpu.cores(1),
      },
    };
    new PodAutoscaler(stack, "Elsewhere", { target, min: 1, max: 2, cpuPercent: 50 });
    const address = graphOf(stack)
      .all("kubernetes_horizontal_pod_autoscaler_v2")
      .find((one) => one.includes("Elsewhere"));
    expect(graphOf(stack).touches(address ?? "", "kubernetes_deployment_v1")).toBe(false);
  });

  test("uses the limit where there is no request, as the API server does", () => {
    expect(() => scaled({}, { resources: Resources.of({ limits: { cpu: Cpu.cores(1) } }) })).not.toThrow();
  });

  test.each([
    [0, 5],
    [6, 5],
    [1.5, 5],
    [1, 2.5],
    [NaN, 5],
    [1, NaN],
    [1, 2 ** 31],
  ])("rejects the bounds %p to %p", (min, max) => {
    expect(() => scaled({ min, max })).toViolate(KUB010);
  });

  test("rejects a service that requests no CPU", () => {
    expect(() => scaled({}, { resources: Resources.unbounded() })).toViolate(KUB011, /web requests no CPU/);
  });

  test("rejects a service with a fixed number of replicas", () => {
    expect(() => scaled({}, { replicas: Replicas.fixed(2) })).toViolate(KUB012, /Replicas\.fixed\(2\)/);
  });

  test("accepts a target above the request", () => {
    expect(objectOf(scaled({ cpuPercent: 250 }), "HorizontalPodAutoscaler", "spec.metrics.0.resource.target")).toEqual({
      type: "Utilization",
      averageUtilization: 250,
    });
  });

  test("accepts the name of a Deployment that begins with a digit, and rejects other names", () => {
    expect(objectOf(scaled({}, { name: "3scale.eu" }), "HorizontalPodAutoscaler", "metadata.name")).toBe(
      "3scale.eu-hpa",
    );
    expect(() => scaled({ name: "Web" })).toViolate(NAM001);
  });

  test.each([0, -1, 33.3, NaN, 2 ** 31])("rejects a target of %p percent", (cpuPercent) => {
    expect(() => scaled({ cpuPercent })).toViolate(KUB013);
  });
});
