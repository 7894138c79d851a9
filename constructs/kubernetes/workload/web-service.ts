import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { Violations } from "../../core/violation";
import type { IBackend } from "../ingress/backend";
import { OBJECT_NAME } from "../names";
import { DisruptionBudget } from "../scaling/disruption-budget";
import type { IScalable, ScaleTarget } from "../scaling/pod-autoscaler";
import type { Replicas } from "../scaling/replicas";
import { Spread } from "../scaling/spread";
import { Exposure } from "./exposure";
import type { Health } from "./health";
import { type PullPolicy, pullPolicyOf } from "./image";
import { PodSecurity } from "./pod-security";
import type { Resources } from "./resources";
import type { ServicePort } from "./service-port";

type Labels = Readonly<Record<string, string>>;

export interface WebServiceProps {
  /** Name of the Deployment. */
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
  /** Name of the Service. @default - the name of the Deployment */
  readonly serviceName?: string;
  /**
   * Labels of the pods, and selector of Deployment, Service, spread constraint and disruption budget.
   * @default - `app` with the name
   */
  readonly labels?: Labels;
  /** Name of the container. @default - the label `app`, or else the name */
  readonly containerName?: string;
  /** Pull policy of the image: `Always`, `IfNotPresent` or `Never`. @default - `Always` for `latest` or no tag, else `IfNotPresent` */
  readonly pull?: PullPolicy;
  /** Type of the Service: `Exposure.inCluster()`, or `Exposure.onNodes(30087)` for a port on every node. @default - in the cluster */
  readonly exposure?: Exposure;
  /** Environment variables of the container. They are stored in plain text: not for secrets. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
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
  readonly deploymentName: string;
  readonly serviceName: string;
  readonly namespace: string;
  readonly servicePort: number;
  readonly onNodes: boolean;
  readonly healthPath: string | undefined;
  readonly scaleTarget: ScaleTarget;
  /** For `dependsOn` of objects that route to the Service. */
  readonly fqn: string;
  private readonly annotations: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const { name, serviceName = name, namespace = "default", exposure = Exposure.inCluster() } = props;
    const labels = props.labels ?? { app: name };
    this.check(props, [name, serviceName, namespace], exposure);

    const deployment = this.createDeployment(props, namespace, labels);
    const service = this.createService(props, { serviceName, namespace }, labels, exposure);
    this.createDisruptionBudget(props, namespace, labels);

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
      fqn: deployment.fqn,
    };
    this.fqn = service.fqn;
  }

  annotateService(annotations: Readonly<Record<string, string>>): void {
    Object.assign(this.annotations, annotations);
  }

  private check(props: WebServiceProps, names: readonly string[], exposure: Exposure): void {
    for (const name of names) Name.check(name, OBJECT_NAME, this);
    Violations.throwIfAny([
      ...props.port.violations(this),
      ...props.replicas.violations(this),
      ...props.resources.violations(this),
      ...exposure.violations(this),
      ...(props.disruption?.violations(props.replicas, this) ?? []),
    ]);
  }

  private createDeployment(props: WebServiceProps, namespace: string, labels: Labels): DeploymentV1 {
    const { spread = Spread.overZones(), security = PodSecurity.nonRoot() } = props;
    return new DeploymentV1(this, "Deployment", {
      metadata: { name: props.name, namespace, labels },
      spec: {
        ...props.replicas.render(),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...defined({ serviceAccountName: props.serviceAccount }),
            ...security.rendered.pod,
            ...spread.render(labels),
            container: [{ ...this.container(props, labels), ...security.rendered.container }],
          },
        },
      },
      ...(props.replicas.autoscaled ? { lifecycle: { ignoreChanges: ["spec[0].replicas"] } } : {}),
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
  }

  private container(props: WebServiceProps, labels: Labels): { name: string } {
    const { image, port, environment = {}, containerName = labels["app"] ?? props.name } = props;
    const pull = pullPolicyOf(image, props.pull, this);
    const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
    return {
      name: containerName,
      image,
      ...defined({ imagePullPolicy: pull }),
      ...(env.length === 0 ? {} : { env }),
      port: [{ containerPort: port.container, ...defined({ name: port.name }) }],
      ...props.resources.render(),
      ...props.health.render(port),
    } as { name: string };
  }

  private createService(
    { port, dependsOn }: WebServiceProps,
    { serviceName, namespace }: { serviceName: string; namespace: string },
    selector: Labels,
    { type, nodePort }: Exposure,
  ): ServiceV1 {
    return new ServiceV1(this, "Service", {
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
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
  }

  private serviceAnnotations(): Record<string, string> | undefined {
    return Object.keys(this.annotations).length === 0 ? undefined : this.annotations;
  }

  private createDisruptionBudget(
    { name, disruption = DisruptionBudget.maxUnavailable(1), dependsOn }: WebServiceProps,
    namespace: string,
    matchLabels: Labels,
  ): void {
    if (disruption.bound === undefined) return;
    new PodDisruptionBudgetV1(this, "DisruptionBudget", {
      metadata: { name, namespace },
      spec: { ...disruption.bound, selector: { matchLabels } },
      ...defined({ dependsOn: dependsOn && [...dependsOn] }),
    });
  }
}
