import { Replicas } from "../../kubernetes/replicas";
import { ServicePort } from "../../kubernetes/service-port";
import { toYaml } from "../../kubernetes/yaml";
import { workloadObjects } from "../workload-objects";
import type { Delivery } from "./delivery";

/** Deployment and Service of the delivered application as YAML, with an image as it is written at the place. */
export function deliveredObjects(
  { application, target }: Delivery,
  image: string,
): { readonly deployment: string; readonly service: string } {
  const [deployment, service] = workloadObjects({
    ...{ deploymentName: application, serviceName: `${application}-service`, app: application, image },
    ...{ namespace: target.namespace, nodePort: target.nodePort, replicas: Replicas.fixed(target.replicas) },
    port: ServicePort.byNumber({ service: 80, container: target.containerPort }),
  });
  return { deployment: toYaml(deployment), service: toYaml(service) };
}
