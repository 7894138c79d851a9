/** A Service that an ingress can route requests to. */
export interface IBackend {
  /** Name of the Service. */
  readonly serviceName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Port of the Service. */
  readonly servicePort: number;
  /** Whether the Service has a port on every node, which targets of type instance require. */
  readonly onNodes: boolean;
  /** Path of the load balancer's health check; undefined where there is none. */
  readonly healthPath: string | undefined;
  /**
   * Address of the Service in the same stack: an Ingress is created after it and destroyed before it, because the controller stops
   * reconciling the whole group when an Ingress refers to a missing Service.
   */
  readonly fqn?: string;
  /** Adds annotations to the Service: settings of this backend for any load balancer that routes to it. */
  annotateService(annotations: Readonly<Record<string, string>>): void;
}
