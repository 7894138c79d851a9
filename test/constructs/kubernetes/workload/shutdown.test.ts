import { Duration } from "@groundwork/constructs/core/duration";
import { KUB014, KUB025 } from "@groundwork/constructs/kubernetes/rules";
import { Shutdown } from "@groundwork/constructs/kubernetes/workload/shutdown";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

const pod = (shutdown: Shutdown) => {
  const stack = clusterStack();
  webService(stack, { shutdown });
  const spec = objectOf(stack, "Deployment", "spec.template.spec") as {
    readonly terminationGracePeriodSeconds: number;
    readonly containers: readonly { readonly lifecycle?: unknown }[];
  };
  return { grace: spec.terminationGracePeriodSeconds, lifecycle: spec.containers[0]?.lifecycle };
};

describe("Shutdown", () => {
  test("delays SIGTERM until load balancers have processed the removal, and lets requests finish afterwards", () => {
    expect(pod(Shutdown.afterSleep())).toEqual({
      grace: 50,
      lifecycle: { preStop: { exec: { command: ["sleep", "20"] } } },
    });
    expect(pod(Shutdown.afterSleep({ drain: Duration.seconds(40), finish: Duration.minutes(5) }))).toMatchObject({
      grace: 340,
      lifecycle: { preStop: { exec: { command: ["sleep", "40"] } } },
    });
  });

  test("runs another command, or requests a path of the container", () => {
    const drain = Duration.seconds(10);
    expect(pod(Shutdown.afterCommand(["/bin/drain", "--wait"], { drain }))).toEqual({
      grace: 40,
      lifecycle: { preStop: { exec: { command: ["/bin/drain", "--wait"] } } },
    });
    expect(pod(Shutdown.afterRequest("/drain", { drain }))).toEqual({
      grace: 40,
      lifecycle: { preStop: { httpGet: { path: "/drain", port: "http" } } },
    });
  });

  test("sends SIGTERM at once with another grace period", () => {
    expect(pod(Shutdown.immediate({ finish: Duration.minutes(2) }))).toEqual({ grace: 120, lifecycle: undefined });
    expect(pod(Shutdown.immediate()).grace).toBe(30);
  });

  test("rejects a hook without a command, an invalid path and times that do not fit in the API's field", () => {
    expect(() => pod(Shutdown.afterCommand([]))).toViolate(KUB025);
    expect(() => pod(Shutdown.afterCommand([""]))).toViolate(KUB025);
    expect(() => Shutdown.afterRequest("drain")).toViolate(KUB014);
    expect(() => pod(Shutdown.immediate({ finish: Duration.days(25_000) }))).toViolate(KUB025, /2160000000 seconds/);
  });
});
