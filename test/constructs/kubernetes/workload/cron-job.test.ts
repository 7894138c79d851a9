import { NAM001 } from "@groundwork/constructs/core/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { KUB042, KUB043 } from "@groundwork/constructs/kubernetes/workload/rules";
import { CronJob, type CronJobProps } from "@groundwork/constructs/kubernetes/workload/cron-job";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { clusterStack, objectOf } from "../../../support/kubernetes";

function cronJob(props: Partial<CronJobProps> = {}) {
  const stack = clusterStack();
  new CronJob(stack, "Report", {
    name: "report",
    schedule: "0 3 * * 1-5",
    image: "registry.example.com/report:2.1.0",
    resources: Resources.unbounded(),
    ...props,
  });
  return stack;
}

describe("CronJob", () => {
  test("starts a job at given times, one at a time", () => {
    expect(objectOf(cronJob({ timeZone: "Asia/Seoul" }), "CronJob")).toMatchObject({
      apiVersion: "batch/v1",
      metadata: { name: "report", namespace: "default", labels: { app: "report" } },
      spec: {
        schedule: "0 3 * * 1-5",
        timeZone: "Asia/Seoul",
        concurrencyPolicy: "Forbid",
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        suspend: false,
        jobTemplate: { spec: { backoffLimit: 3, template: { spec: { restartPolicy: "Never" } } } },
      },
    });
  });

  test("has other settings on request", () => {
    const stack = cronJob({
      overlap: "Replace",
      history: { completed: 0, failed: 5 },
      startWithin: Duration.minutes(5),
      suspended: true,
    });
    expect(objectOf(stack, "CronJob", "spec")).toMatchObject({
      concurrencyPolicy: "Replace",
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 5,
      startingDeadlineSeconds: 300,
      suspend: true,
    });
  });

  test.each(["* * * * *", "*/15 0-6,12 1 JAN-MAR sun", "0 0 ? * *", "@daily", "59 23 31 12 6", "0 1/2 * * *"])(
    "accepts the schedule %s",
    (schedule) => {
      expect(objectOf(cronJob({ schedule }), "CronJob", "spec.schedule")).toBe(schedule);
    },
  );

  test.each(
    ["", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7"].concat([
      "5-1 * * * *",
      "*/0 * * * *",
      "a * * * *",
      "1- * * * *",
      "@never",
      "TZ=Asia/Seoul 0 3 * * *",
    ]),
  )("rejects the schedule %p", (schedule) => {
    expect(() => cronJob({ schedule })).toViolate(KUB043);
  });

  test("rejects time zones, numbers and names that the API server rejects", () => {
    for (const timeZone of ["Local", "+09:00", ""]) expect(() => cronJob({ timeZone })).toViolate(KUB043);
    expect(() => cronJob({ history: { completed: -1, failed: 1 } })).toViolate(KUB042);
    expect(() => cronJob({ name: "x".repeat(53) })).toViolate(NAM001);
  });
});
