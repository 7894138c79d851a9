import type { ApiObject } from "../kubernetes/api-object";
import { pullPolicyOf } from "../kubernetes/image";
import { toYaml } from "../kubernetes/yaml";
import type { WorkloadValues } from "./workload-values";

/** Kyverno makes it so for every pod; said by ourselves it differs from nothing afterwards. */
export const PULL = "Always";

/** Deployment and Service of a workload, as the Kubernetes API takes them. */
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

/** The same as one YAML text, to be applied whole. */
export function workloadManifest(values: WorkloadValues): string {
  return workloadObjects(values).map(toYaml).join("---\n");
}
