/** A Service that an ingress can lead to. */
export interface IBackend {
  readonly serviceName: string;
  readonly namespace: string;
  /** Where clients of the Service connect. */
  readonly servicePort: number;
  /** Whether it can be reached at a port of every node, which targets of kind instance need. */
  readonly onNodes: boolean;
  /** What load balancers ask for; nothing when there is no such path. */
  readonly healthPath: string | undefined;
  /**
   * The Service, where the stack makes it: what leads to it is made after it and removed before it, since a controller that
   * finds an Ingress without its Service stops for the whole group.
   */
  readonly fqn?: string;
  /** Adds annotations to the Service: what a load balancer has to know about this backend, whoever leads to it. */
  annotateService(annotations: Readonly<Record<string, string>>): void;
}
