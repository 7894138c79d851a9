import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { Duration } from "@groundwork/constructs/core/duration";
import { KUB026 } from "@groundwork/constructs/kubernetes/rules";
import { Rollout } from "@groundwork/constructs/kubernetes/workload/rollout";
import { resource } from "../../../support/fixture";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

function deployed(rollout: Rollout) {
  const stack = clusterStack();
  webService(stack, { rollout });
  return { stack, spec: (path: string) => objectOf(stack, "Deployment", `spec.${path}`) };
}

describe("Rollout", () => {
  test("keeps all replicas available while pods are replaced", () => {
    const { spec } = deployed(Rollout.rolling({ maxUnavailable: 0, maxSurge: "50%", minReady: Duration.seconds(10) }));
    expect(spec("strategy")).toEqual({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "50%" } });
    expect(spec("minReadySeconds")).toBe(10);
  });

  test("removes all pods first, on request", () => {
    expect(deployed(Rollout.recreate()).spec("strategy")).toEqual({ type: "Recreate" });
  });

  test("waits as long as Kubernetes for a longer deadline", () => {
    const { stack, spec } = deployed(Rollout.rolling({ deadline: Duration.minutes(20) }));
    expect(spec("progressDeadlineSeconds")).toBe(1_200);
    expect(resource(stack, DeploymentV1)["timeouts"]).toEqual({ create: "21m", update: "21m" });
    expect(resource(deployed(Rollout.rolling()).stack, DeploymentV1)["timeouts"]).toBeUndefined();
  });

  test.each([
    [Rollout.rolling({ maxSurge: 0, maxUnavailable: 0 })],
    [Rollout.rolling({ maxSurge: "0%", maxUnavailable: 0 })],
    [Rollout.rolling({ maxSurge: -1 })],
    [Rollout.rolling({ maxUnavailable: 1.5 })],
    [Rollout.rolling({ maxUnavailable: NaN })],
    [Rollout.rolling({ maxUnavailable: "101%" })],
    [Rollout.rolling({ maxSurge: "1.5%" })],
    [Rollout.rolling({ minReady: Duration.minutes(10) })],
    [Rollout.rolling({ minReady: Duration.seconds(60), deadline: Duration.seconds(60) })],
    [Rollout.recreate({ deadline: Duration.days(25_000) })],
  ])("rejects %j", (rollout) => {
    expect(() => deployed(rollout)).toViolate(KUB026);
  });

  test.each([
    [Rollout.rolling({ maxSurge: "200%" })],
    [Rollout.rolling({ maxSurge: 0, maxUnavailable: "100%" })],
    [Rollout.recreate({ minReady: Duration.seconds(599) })],
  ])("accepts %j", (rollout) => {
    expect(() => deployed(rollout)).not.toThrow();
  });
});
