import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import { Violations } from "../../core/violation";
import type { IBackend } from "../ingress/backend";
import { DisruptionBudget } from "../scaling/disruption-budget";
import { Exposure } from "./exposure";
import type { Health } from "./health";
import { pullPolicyOf } from "./image";
import type { PullPolicy } from "./image";
import { OBJECT_NAME } from "../names";
import { PodSecurity } from "./pod-security";
import type { IScalable, ScaleTarget } from "../scaling/pod-autoscaler";
import type { Replicas } from "../scaling/replicas";
import type { Resources } from "./resources";
import type { ServicePort } from "./service-port";
import { Spread } from "../scaling/spread";

export interface WebServiceProps {
  /** Name of the Deployment. */
  readonly name: string;
  /** Image of the container, with its tag or digest. */
  readonly image: string;
  /** The Service's port and the container's behind it. */
  readonly port: ServicePort;
  /** Who says how many pods there are. */
  readonly replicas: Replicas;
  /** How the kubelet and load balancers find out that the service is well. */
  readonly health: Health;
  /** What a pod is promised, and what it may not exceed. */
  readonly resources: Resources;
  /** @default "default" */
  readonly namespace?: string;
  /** Name of the Service. @default - the Deployment's */
  readonly serviceName?: string;
  /**
   * What the pods are known by: labels of the pods, and the selector of Deployment, Service, spread and budget.
   * @default - `app` with the name
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the container. @default - the label `app`, else the name */
  readonly containerName?: string;
  /** When nodes ask for the image again. @default - always for `latest`, else once */
  readonly pull?: PullPolicy;
  /** From where the Service can be reached. @default - inside the cluster */
  readonly exposure?: Exposure;
  /** Environment variables. Secrets have no business here. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Service account of the pods, when they have an identity. @default - the namespace's own */
  readonly serviceAccount?: string;
  /** How pods are spread. @default - over the zones, where there is room */
  readonly spread?: Spread;
  /** How many pods may be away at once. @default - one */
  readonly disruption?: DisruptionBudget;
  /** What pods may do on their nodes. @default - not root, no capabilities */
  readonly security?: PodSecurity;
  /** What has to stand before, and goes after. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a web application in a cluster: pods of one image behind one address.
 *
 * Creates a Deployment, a Service and a PodDisruptionBudget, all about the same labels. Free of charge by itself; its
 * requests decide how many nodes are paid for.
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
  /** For `dependsOn`: what leads to the service. */
  readonly fqn: string;
  private readonly annotations: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const { name, serviceName = name, namespace = "default", exposure = Exposure.inCluster() } = props;
    const labels = props.labels ?? { app: name };
    this.check(props, [name, serviceName, namespace], exposure);

    const deployment = this.deploy(props, namespace, labels);
    const service = this.serve(props, { serviceName, namespace }, labels, exposure);
    this.budget(props, namespace, labels);

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

  private deploy(props: WebServiceProps, namespace: string, labels: Readonly<Record<string, string>>): DeploymentV1 {
    const { spread = Spread.overZones(), security = PodSecurity.nonRoot() } = props;
    return new DeploymentV1(this, "Deployment", {
      metadata: { name: props.name, namespace, labels },
      spec: {
        ...props.replicas.render(),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            ...(props.serviceAccount === undefined ? {} : { serviceAccountName: props.serviceAccount }),
            ...security.rendered.pod,
            ...spread.render(labels),
            container: [{ ...this.container(props, labels), ...security.rendered.container }],
          },
        },
      },
      ...(props.replicas.autoscaled ? { lifecycle: { ignoreChanges: ["spec[0].replicas"] } } : {}),
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
    });
  }

  private container(props: WebServiceProps, labels: Readonly<Record<string, string>>): { name: string } {
    const { image, port, environment = {}, containerName = labels["app"] ?? props.name } = props;
    const pull = pullPolicyOf(image, props.pull, this);
    const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
    return {
      name: containerName,
      image,
      ...(pull === undefined ? {} : { imagePullPolicy: pull }),
      ...(env.length === 0 ? {} : { env }),
      port: [{ containerPort: port.container, ...(port.name === undefined ? {} : { name: port.name }) }],
      ...props.resources.render(),
      ...props.health.render(port),
    } as { name: string };
  }

  private serve(
    { port, dependsOn }: WebServiceProps,
    { serviceName, namespace }: { serviceName: string; namespace: string },
    selector: Readonly<Record<string, string>>,
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
          {
            ...(port.name === undefined ? {} : { name: port.name }),
            port: port.service,
            targetPort: port.target,
            ...(nodePort === undefined ? {} : { nodePort }),
          },
        ],
      },
      ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
    });
  }

  private serviceAnnotations(): Record<string, string> | undefined {
    return Object.keys(this.annotations).length === 0 ? undefined : this.annotations;
  }

  private budget(
    { name, disruption = DisruptionBudget.mayMiss(1), dependsOn }: WebServiceProps,
    namespace: string,
    matchLabels: Readonly<Record<string, string>>,
  ): void {
    if (disruption.bound === undefined) return;
    new PodDisruptionBudgetV1(this, "DisruptionBudget", {
      metadata: { name, namespace },
      spec: { ...disruption.bound, selector: { matchLabels } },
      ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}
