import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { objectSummary, subjectOf } from "@groundwork/cli/demo/facts/kubernetes/summary";
import { parse } from "yaml";
import { ROOT } from "../../../../support/repository";

const DIRECTORY = join(ROOT, "manifests/lab-eks-workloads");
const objects = readdirSync(DIRECTORY).map((file) => parse(readFileSync(join(DIRECTORY, file), "utf8")) as ApiObject);

function summaryOf(subject: string): string | undefined {
  return objects.filter((object) => subjectOf(object) === subject).map(objectSummary)[0];
}

describe("the summary of an object", () => {
  test.each([
    ["Deployment demo-frontend", "3 pods, image by digest on 80"],
    ["Deployment demo-nodejs-backend", "3 pods, tag latest on 3000"],
    ["Service demo-nodejs-backend", "NodePort 8080 → 3000"],
    ["Ingress flask-backend-ingress", "eks-demo-group 1: /contents → demo-flask-backend:8080"],
    ["HorizontalPodAutoscaler demo-flask-backend-hpa", "demo-flask-backend: 1 to 5 pods at 30 % CPU"],
    ["PodDisruptionBudget demo-frontend", "at most 1 unavailable"],
  ])("%s is %s", (subject, line) => {
    expect(summaryOf(subject)).toBe(line);
  });

  test("of a kind without a summary is that it exists", () => {
    expect(objectSummary({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } })).toBe("exists");
  });
});
