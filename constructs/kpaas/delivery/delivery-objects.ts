import { toYaml } from "../../kubernetes/manifest/yaml";
import { Replicas } from "../../kubernetes/scaling/replicas";
import { ServicePort } from "../../kubernetes/workload/service-port";
import { workloadObjects } from "../workload/workload-objects";
import type { Delivery } from "./delivery";

/** Deployment and Service of the delivered application as YAML, with an image reference as each system writes it. */
export function deliveredObjects(
  { application, target }: Delivery,
  image: string,
): { readonly deployment: string; readonly service: string } {
  const [deployment, service] = workloadObjects({
    deploymentName: application,
    serviceName: `${application}-service`,
    app: application,
    image,
    namespace: target.namespace,
    nodePort: target.nodePort,
    replicas: Replicas.fixed(target.replicas),
    port: ServicePort.byNumber({ service: 80, container: target.containerPort }),
  });
  return { deployment: toYaml(deployment), service: toYaml(service) };
}
