import { EksCluster, Repository } from "@groundwork/constructs/aws";
import { IngressGroup, Namespace, PodAutoscaler, WebService } from "@groundwork/constructs/kubernetes";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import type { EksSettings, Environment, WorkloadSettings } from "./environments/environment";
import { createAwsProvider } from "./providers/aws";
import { createKubernetesProvider } from "./providers/kubernetes";

type Workload = WorkloadSettings["services"][string];

export interface EksWorkloadsStackProps {
  readonly environment: Environment;
  readonly eks: EksSettings;
  readonly workloads: WorkloadSettings;
}

/** The services of the application behind one load balancer. Cluster and images are found by name. */
export class EksWorkloadsStack extends TerraformStack {
  constructor(app: App, id: string, { environment, eks, workloads }: EksWorkloadsStackProps) {
    super(app, id);
    const { clusterName, region, cluster: settings } = eks;
    createBackend(this, environment);
    createAwsProvider(this, environment, region);
    const cluster = EksCluster.fromName(this, "Cluster", { clusterName, region, version: settings.version });
    createKubernetesProvider(this, environment, cluster);

    const namespace =
      workloads.namespace === undefined ? undefined : new Namespace(this, "Namespace", workloads.namespace);
    const group = new IngressGroup(this, "Web", workloads.group(region.name));
    const members = Object.entries(workloads.services).map(([name, workload]) =>
      group.add(name, { ...workload.ingress, service: this.createService(name, workload, namespace) }),
    );

    const hostname = members[0]?.loadBalancerHostname;
    if (hostname !== undefined) new TerraformOutput(this, "hostname", { value: hostname });
  }

  private createService(
    name: string,
    { settings, image, bounds }: Workload,
    namespace: Namespace | undefined,
  ): WebService {
    const service = new WebService(this, name, {
      ...settings,
      image: this.imageOf(name, image),
      ...(namespace === undefined ? {} : { namespace: namespace.namespaceName, dependsOn: [namespace] }),
    });
    if (bounds !== undefined) new PodAutoscaler(this, `${name}Autoscaler`, { target: service, ...bounds });
    return service;
  }

  private imageOf(name: string, image: Workload["image"]): string {
    if (image.from === "anywhere") return image.name;
    const { repositoryUrl } = Repository.fromName(this, `${name}Images`, image.repository);
    return `${repositoryUrl}:${image.tag}`;
  }
}
