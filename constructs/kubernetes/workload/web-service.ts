import { DeploymentV1, type DeploymentV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { shortened } from "../../core/text";
import { Violations } from "../../core/violation";
import { escaped } from "../escaped";
import type { IBackend } from "../ingress/backend";
import { annotationViolations, isLabelValue, type Labels } from "../labels";
import { derivedLabel, OBJECT_NAMES } from "../names";
import { KUB029 } from "../rules";
import { DisruptionBudget } from "../scaling/disruption-budget";
import type { IScalable, ScaleTarget } from "../scaling/pod-autoscaler";
import type { Replicas } from "../scaling/replicas";
import { Spread } from "../scaling/spread";
import type { Secrets } from "../settings/secrets";
import type { Settings } from "../settings/settings";
import type { VolumeMount } from "../storage/volume-mount";
import { renderContainer } from "./container";
import type { EnvironmentSource } from "./environment";
import { Exposure } from "./exposure";
import type { Health } from "./health";
import type { PullPolicy } from "./image";
import type { PodSecurity } from "./pod-security";
import { dependenciesOf, renderPod } from "./pod-uses";
import type { Resources } from "./resources";
import type { Rollout } from "./rollout";
import { renderScheduling, type Toleration } from "./scheduling";
import type { ServicePort } from "./service-port";
import type { Shutdown } from "./shutdown";
import { checkWebService } from "./web-service-checks";

/** Properties of {@link WebService}. */
export interface WebServiceProps {
  /** Name of the Deployment and of the disruption budget: a DNS subdomain of at most 242 characters. */
  readonly name: string;
  /** Image of the container, with its tag or digest. */
  readonly image: string;
  /**
   * Port of the Service and of the container. `ServicePort.of` names the container port, and Service and probes refer to the name;
   * `ServicePort.byNumber` uses numbers only.
   */
  readonly port: ServicePort;
  /** Number of pods: `Replicas.fixed(3)`, or `Replicas.autoscaled()` for a `PodAutoscaler`. */
  readonly replicas: Replicas;
  /** Probes for the kubelet, and the path for load balancers. */
  readonly health: Health;
  /** Requests and limits of each pod. */
  readonly resources: Resources;
  /** Namespace of all objects. @default "default" */
  readonly namespace?: string;
  /**
   * Name of the Service: a DNS label that starts with a letter.
   * @default - the name of the Deployment; where that is not such a label, one derived from it
   */
  readonly serviceName?: string;
  /**
   * Labels of the pods, and selector of Deployment, Service, spread constraint and disruption budget.
   * @default - `app` with the name, shortened to 63 characters
   */
  readonly labels?: Labels;
  /** Name of the container: a DNS label. @default - the label `app`, or else the name; where that is not a DNS label, one derived from it */
  readonly containerName?: string;
  /** Pull policy of the image: `Always`, `IfNotPresent` or `Never`. @default - `Always` for `latest` or no tag, else `IfNotPresent` */
  readonly pull?: PullPolicy;
  /** Type of the Service: `Exposure.inCluster()`, or `Exposure.onNodes(30087)` for a port on every node. @default - in the cluster */
  readonly exposure?: Exposure;
  /** Environment variables of the container. They are stored in plain text: not for secrets. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Further variables: all entries of existing Secrets and ConfigMaps of the namespace. Not in the state. @default - none */
  readonly environmentFrom?: readonly EnvironmentSource[];
  /** Further variables: the values of `Settings`. Other values replace the pods gradually. @default - none */
  readonly settings?: Settings;
  /** Further variables: the values of `Secrets`, which the driver reads with the role of `serviceAccount`. @default - none */
  readonly secrets?: Secrets;
  /** What the container sees in directories: `VolumeMount.claim(...)`, `.settings(...)`, `.secrets(...)`, `.scratch()`. @default - none */
  readonly volumes?: Readonly<Record<string, VolumeMount>>;
  /** Names of existing Secrets of the namespace with which nodes pull the image. @default - those of the service account */
  readonly pullSecrets?: readonly string[];
  /** Program of the container. @default - the entry point of the image */
  readonly command?: readonly string[];
  /** Arguments of the program. @default - those of the image */
  readonly args?: readonly string[];
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: Labels;
  /** How a pod is stopped: `Shutdown.afterSleep()` completes the requests in progress. @default - SIGTERM at once, SIGKILL after 30 seconds */
  readonly shutdown?: Shutdown;
  /** How pods are replaced: `Rollout.rolling({ maxUnavailable: 0 })`, `Rollout.recreate()`. @default - gradually, with at most a quarter of the pods unavailable */
  readonly rollout?: Rollout;
  /** Labels of the nodes that pods are scheduled to. @default - every node */
  readonly nodeSelector?: Labels;
  /** Taints of nodes that the pods tolerate. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** Service account of the pods, for workloads with an identity. @default - the default one of the namespace */
  readonly serviceAccount?: string;
  /** Distribution of the pods: `Spread.overZones()`, `.strictlyOverZones()`, `.anywhere()`. @default - over the zones, as far as capacity permits */
  readonly spread?: Spread;
  /** How many pods may be unavailable while nodes are drained: `DisruptionBudget.maxUnavailable(1)`, `.minAvailable(2)`, `.none()`. @default - one */
  readonly disruption?: DisruptionBudget;
  /** Security context: `PodSecurity.nonRoot()`, `.root()`, `.unset()`. @default - not root, no capabilities */
  readonly security?: PodSecurity;
  /** Resources that are created before the service and destroyed after it. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Names of the objects of a service. */
export interface ServiceNames {
  readonly name: string;
  readonly serviceName: string;
  readonly namespace: string;
}

/**
 * Defines a web application in a cluster: pods of one image behind one address.
 *
 * Creates a Deployment, a Service and a PodDisruptionBudget with the same labels. Free of charge by itself; the requests of its pods
 * determine the number of nodes.
 *
 * @example
 * new WebService(this, "Frontend", {
 *   name: "frontend", image: "registry.example.com/frontend:1.4.0", port: ServicePort.of({ service: 80, container: 8080 }),
 *   replicas: Replicas.fixed(3), health: Health.at("/healthz"),
 *   resources: Resources.of({ requests: { cpu: Cpu.millicores(100), memory: Size.mebibytes(128) } }),
 * });
 */
export class WebService extends Construct implements IBackend, IScalable, ITerraformDependable {
  /** Name of the Deployment. */
  readonly deploymentName: string;
  /** Name of the Service. */
  readonly serviceName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  readonly servicePort: number;
  readonly onNodes: boolean;
  readonly healthPath: string | undefined;
  /** What an autoscaler changes the number of replicas of. */
  readonly scaleTarget: ScaleTarget;
  /** For `dependsOn` of objects that route to the Service. */
  readonly fqn: string;
  private readonly annotations: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const { name, namespace = "default", exposure = Exposure.inCluster() } = props;
    const serviceName = props.serviceName ?? derivedLabel(name, OBJECT_NAMES.service);
    const labels = props.labels ?? defaultLabels(name);
    const names = { name, serviceName, namespace };
    checkWebService(props, names, labels, this);

    const deployment = this.createDeployment(props, names, labels);
    const service = this.createService(props, names, labels, exposure);
    this.createDisruptionBudget(props, names, labels);

    this.node.defaultChild = deployment;
    this.deploymentName = name;
    this.serviceName = serviceName;
    this.namespace = namespace;
    this.servicePort = props.port.service;
    this.onNodes = exposure.type === "NodePort";
    this.healthPath = props.health.path;
    this.scaleTarget = {
      deploymentName: name,
      namespace,
      replicas: props.replicas,
      requestedCpu: props.resources.requestedCpu,
      ...defined({ minAvailable: props.disruption?.minAvailable }),
      fqn: deployment.fqn,
    };
    this.fqn = service.fqn;
  }

  annotateService(annotations: Readonly<Record<string, string>>): void {
    Violations.throwIfAny(annotationViolations(annotations, this));
    for (const [key, value] of Object.entries(annotations)) {
      const existing = this.annotations[key];
      if (existing !== undefined && existing !== value)
        throw KUB029.violation({
          at: this,
          given: `annotation ${key} with the values "${existing}" and "${value}"`,
          fix: "set the same value, such as the same health check of every member that routes to the service",
        });
      this.annotations[key] = value;
    }
  }

  private createDeployment(props: WebServiceProps, { name, namespace }: ServiceNames, labels: Labels): DeploymentV1 {
    props.secrets?.useAsEnvironment();
    const dependsOn = [...(props.dependsOn ?? []), ...dependenciesOf(props)];
    return new DeploymentV1(this, "Deployment", {
      ...escaped({
        metadata: { name, namespace, labels },
        spec: {
          ...props.replicas.render(),
          ...props.rollout?.render(),
          selector: { matchLabels: labels },
          template: {
            metadata: { labels, ...defined({ annotations: props.podAnnotations }) },
            spec: this.podSpecification(props, labels),
          },
        },
      }),
      ...props.rollout?.timeouts(),
      ...(props.replicas.autoscaled ? { lifecycle: { ignoreChanges: ["spec[0].replicas"] } } : {}),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
  }

  private podSpecification(props: WebServiceProps, labels: Labels): DeploymentV1SpecTemplateSpec {
    const { spread = Spread.overZones(), nodeSelector = {}, tolerations = [] } = props;
    return {
      ...defined({ serviceAccountName: props.serviceAccount }),
      ...renderPod(props),
      ...spread.render(labels),
      ...renderScheduling(nodeSelector, tolerations),
      ...props.shutdown?.render(props.port).pod,
      container: [renderContainer(props, labels, this)],
    };
  }

  private createService(
    { port, dependsOn }: WebServiceProps,
    { serviceName, namespace }: ServiceNames,
    selector: Labels,
    { type, nodePort }: Exposure,
  ): ServiceV1 {
    return new ServiceV1(this, "Service", {
      ...escaped({
        metadata: {
          name: serviceName,
          namespace,
          labels: selector,
          annotations: Lazy.anyValue({ produce: () => this.serviceAnnotations() }) as unknown as Record<string, string>,
        },
        spec: {
          type,
          selector,
          port: [
            { ...defined({ name: port.name }), port: port.service, targetPort: port.target, ...defined({ nodePort }) },
          ],
        },
      }),
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
  }

  private serviceAnnotations(): Record<string, string> | undefined {
    return Object.keys(this.annotations).length === 0 ? undefined : escaped(this.annotations);
  }

  private createDisruptionBudget(
    { disruption = DisruptionBudget.maxUnavailable(1), dependsOn }: WebServiceProps,
    { name, namespace }: ServiceNames,
    matchLabels: Labels,
  ): void {
    if (disruption.bound === undefined) return;
    new PodDisruptionBudgetV1(this, "DisruptionBudget", {
      ...escaped({ metadata: { name, namespace }, spec: { ...disruption.bound, selector: { matchLabels } } }),
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
  }
}

/** The name as label `app`: a name of more than 63 characters is shortened, so that it is the value of a label. */
function defaultLabels(name: string): Labels {
  return { app: isLabelValue(name) ? name : shortened(name, 63) };
}
