import type { ApiObject } from "../../kubernetes/manifest/api-object";
import { pullPolicyOf } from "../../kubernetes/workload/image";
import { toYaml } from "../../kubernetes/manifest/yaml";
import type { WorkloadValues } from "./workload-values";

/** Kyverno sets this policy on every pod; setting it here avoids a permanent difference in the plan. */
export const PULL = "Always";

/** Deployment and Service of a workload, as objects of the Kubernetes API. */
export function workloadObjects(values: WorkloadValues): readonly [deployment: ApiObject, service: ApiObject] {
  const { deploymentName, serviceName, namespace, app, image, port, nodePort, replicas } = values;
  const labels = { app };
  const container = {
    name: app,
    image,
    imagePullPolicy: pullPolicyOf(image, PULL, deploymentName),
    ports: [{ containerPort: port.container }],
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: deploymentName, namespace, labels },
      spec: {
        replicas: replicas.count,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: serviceName, namespace, labels },
      spec: {
        type: "NodePort",
        selector: labels,
        ports: [{ port: port.service, targetPort: port.container, nodePort }],
      },
    },
  ];
}

/** Both objects as one YAML manifest. */
export function workloadManifest(values: WorkloadValues): string {
  return workloadObjects(values).map(toYaml).join("---\n");
}
