import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiObject } from "@groundwork/constructs/kubernetes/manifest/api-object";
import { inWords, subjectOf } from "@groundwork/cli/demo/facts/kubernetes/summary";
import { parse } from "yaml";
import { ROOT } from "../../../../support/repository";

const FOLDER = join(ROOT, "manifests/lab-eks-workloads");
const objects = readdirSync(FOLDER).map((file) => parse(readFileSync(join(FOLDER, file), "utf8")) as ApiObject);

function words(subject: string): string | undefined {
  return objects.filter((object) => subjectOf(object) === subject).map(inWords)[0];
}

describe("an object as one line", () => {
  test.each([
    ["Deployment demo-frontend", "3 pods, tag latest on 80"],
    ["Service demo-nodejs-backend", "NodePort 8080 → 3000"],
    ["Ingress flask-backend-ingress", "eks-demo-group 1: /contents → demo-flask-backend:8080"],
    ["HorizontalPodAutoscaler demo-flask-backend-hpa", "demo-flask-backend: 1 to 5 pods at 30 % CPU"],
    ["PodDisruptionBudget demo-frontend", "1 may be away"],
  ])("%s is %s", (subject, line) => {
    expect(words(subject)).toBe(line);
  });

  test("says of a kind without words only that it is there", () => {
    expect(inWords({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } })).toBe("there");
  });
});
