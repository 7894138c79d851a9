import { EksCluster, ImageDigest, Repository } from "@groundwork/constructs/aws";
import {
  IngressGroup,
  Namespace,
  PodAutoscaler,
  WebService,
  type WebServiceProps,
} from "@groundwork/constructs/kubernetes";
import { defined } from "@groundwork/constructs/core";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import type { EksSettings, Environment, WorkloadSettings } from "./environments/environment";
import { createAwsProvider } from "./providers/aws";
import { createKubernetesProvider } from "./providers/kubernetes";

type Workload = WorkloadSettings["services"][string];

type Image = Pick<WebServiceProps, "image" | "pull">;

export interface EksWorkloadsStackProps {
  readonly environment: Environment;
  readonly eks: EksSettings;
  readonly workloads: WorkloadSettings;
}

/** The services of the application behind one load balancer. Cluster and images are found by name, images by their digests. */
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
    const members = Object.entries(workloads.services).map(([name, workload]) => {
      const image = this.imageOf(name, workload.image, buildCommand(environment, eks, workload.image));
      return group.add(name, { ...workload.ingress, service: this.createService(name, workload, image, namespace) });
    });

    const hostname = members[0]?.loadBalancerHostname;
    if (hostname !== undefined) new TerraformOutput(this, "hostname", { value: hostname });
  }

  private createService(
    name: string,
    { settings, bounds }: Workload,
    image: Image,
    namespace: Namespace | undefined,
  ): WebService {
    const service = new WebService(this, name, {
      ...settings,
      ...image,
      ...(namespace === undefined ? {} : { namespace: namespace.namespaceName, dependsOn: [namespace] }),
    });
    if (bounds !== undefined) new PodAutoscaler(this, `${name}Autoscaler`, { target: service, ...bounds });
    return service;
  }

  /** The image that a tag means now. `latest` is pulled for every pod, as Kubernetes does for the tag itself. */
  private imageOf(name: string, image: Workload["image"], command: string | undefined): Image {
    if (image.from === "anywhere") return { image: image.name };
    const { repository: repositoryName, tag } = image;
    const repository = Repository.fromName(this, `${name}Images`, repositoryName);
    const digest = new ImageDigest(this, `${name}ImagesDigest`, { repository, tag, ...defined({ command }) });
    return { image: digest.image, pull: tag === "latest" ? "Always" : "IfNotPresent" };
  }
}

/** The command that builds an image; undefined for an image that is pushed from elsewhere. */
function buildCommand(
  { name }: Environment,
  { repositories }: EksSettings,
  image: Workload["image"],
): string | undefined {
  if (image.from === "anywhere") return undefined;
  const built = Object.values(repositories).filter(({ build }) => build !== undefined);
  const isBuilt = built.some(({ settings }) => settings.repositoryName === image.repository);
  return isBuilt ? `groundwork images build ${name}` : undefined;
}
