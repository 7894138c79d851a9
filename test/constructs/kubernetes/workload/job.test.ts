import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { KUB023, KUB028 } from "@groundwork/constructs/kubernetes/rules";
import { KUB042 } from "@groundwork/constructs/kubernetes/workload/rules";
import { Settings } from "@groundwork/constructs/kubernetes/settings/settings";
import { Job, type JobProps } from "@groundwork/constructs/kubernetes/workload/job";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { resource } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";

function job(props: Partial<JobProps> = {}) {
  const stack = clusterStack();
  const created = new Job(stack, "Migration", {
    name: "migration",
    image: "registry.example.com/web:1.4.0",
    resources: Resources.unbounded(),
    ...props,
  });
  return { stack, created };
}

describe("Job", () => {
  test("runs a program once, up to four times, without root", () => {
    const { stack } = job({ command: ["web"], args: ["migrate"], environment: { A: "1" } });
    expect(objectOf(stack, "Job")).toEqual({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "migration", namespace: "default", labels: { app: "migration" } },
      spec: {
        backoffLimit: 3,
        completions: 1,
        parallelism: 1,
        template: {
          metadata: { labels: { app: "migration" } },
          spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "migration",
                image: "registry.example.com/web:1.4.0",
                imagePullPolicy: "IfNotPresent",
                command: ["web"],
                args: ["migrate"],
                env: [{ name: "A", value: "1" }],
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: false,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        },
      },
    });
  });

  test("completes before an apply continues, within ten minutes or the given time", () => {
    expect(resource(job().stack, JobV1)).toMatchObject({ wait_for_completion: true, timeouts: { create: "10m" } });
    const { stack } = job({ waitForCompletion: false, timeout: Duration.minutes(30) });
    expect(resource(stack, JobV1)).toMatchObject({ wait_for_completion: false, timeouts: { create: "1800s" } });
  });

  test("runs before the services that depend on it, and after its settings", () => {
    const stack = clusterStack();
    const settings = new Settings(stack, "Settings", { name: "web", values: { A: "1" } });
    const migration = new Job(stack, "Migration", {
      name: "migration",
      image: "registry.example.com/web:1.4.0",
      resources: Resources.unbounded(),
      settings,
    });
    webService(stack, { dependsOn: [migration] });
    const graph = graphOf(stack);
    expect(graph.needs("kubernetes_deployment_v1", "kubernetes_job_v1")).toBe(true);
    expect(graph.needs("kubernetes_job_v1", "kubernetes_config_map_v1")).toBe(true);
  });

  test("has several pods, a deadline, a node selector and tolerations", () => {
    const { stack } = job({
      pods: 10,
      atOnce: 2,
      retries: 0,
      deadline: Duration.hours(1),
      nodeSelector: { disk: "ssd" },
      tolerations: [{ key: "batch" }],
      serviceAccount: "batch",
    });
    expect(objectOf(stack, "Job", "spec")).toMatchObject({
      completions: 10,
      parallelism: 2,
      backoffLimit: 0,
      activeDeadlineSeconds: 3_600,
      template: {
        spec: {
          nodeSelector: { disk: "ssd" },
          tolerations: [{ key: "batch", operator: "Exists" }],
          serviceAccountName: "batch",
        },
      },
    });
  });

  test("rejects numbers, images, tolerations and names that the API server or the nodes reject", () => {
    for (const props of [{ pods: 0 }, { atOnce: 1.5 }, { retries: -1 }]) expect(() => job(props)).toViolate(KUB042);
    expect(() => job({ image: "Web" })).toViolate(KUB023);
    expect(() => job({ tolerations: [{ key: "a b" }] })).toViolate(KUB028);
    expect(() => job({ name: "x".repeat(64) })).toViolate(NAM001);
  });
});
