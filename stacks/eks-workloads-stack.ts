import { EksCluster } from "@groundwork/constructs/aws/eks/eks-cluster";
import { Repository } from "@groundwork/constructs/aws/registry/repository";
import { IngressGroup } from "@groundwork/constructs/kubernetes/ingress-group";
import { Namespace } from "@groundwork/constructs/kubernetes/namespace";
import { PodAutoscaler } from "@groundwork/constructs/kubernetes/pod-autoscaler";
import { WebService } from "@groundwork/constructs/kubernetes/web-service";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import type { Environment } from "./environments/environment";
import { makeAwsProvider } from "./providers/aws";
import { makeKubernetesProvider } from "./providers/kubernetes";

type Workload = Environment["eks"]["workloads"]["services"][string];

/** The application: its services, and the one load balancer before them. It finds cluster and images by name. */
export class EksWorkloadsStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-eks-workloads`);
    const { clusterName, region, cluster: settings, workloads } = environment.eks;
    makeBackend(this, environment);
    makeAwsProvider(this, environment, region);
    const cluster = EksCluster.fromName(this, "Cluster", { clusterName, region, version: settings.version });
    makeKubernetesProvider(this, environment, cluster);

    const room =
      workloads.namespace === undefined ? undefined : new Namespace(this, "Namespace", { name: workloads.namespace });
    const group = new IngressGroup(this, "Web", workloads.group(region.name));
    const members = Object.entries(workloads.services).map(([noun, workload]) =>
      group.add(noun, { ...workload.ingress, service: this.makeService(noun, workload, room) }),
    );

    const hostname = members[0]?.loadBalancerHostname;
    if (hostname !== undefined) new TerraformOutput(this, "hostname", { value: hostname });
  }

  private makeService(noun: string, { settings, image, bounds }: Workload, room: Namespace | undefined): WebService {
    const service = new WebService(this, noun, {
      ...settings,
      image: this.imageOf(noun, image),
      ...(room === undefined ? {} : { namespace: room.namespaceName, dependsOn: [room] }),
    });
    if (bounds !== undefined) new PodAutoscaler(this, `${noun}Autoscaler`, { target: service, ...bounds });
    return service;
  }

  private imageOf(noun: string, image: Workload["image"]): string {
    if (image.from === "anywhere") return image.name;
    const { repositoryUrl } = Repository.fromName(this, `${noun}Images`, image.repository);
    return `${repositoryUrl}:${image.tag}`;
  }
}
