/** Domain names of the services behind a load balancer, with their certificate, such as a `ServiceDomain` on AWS. */
export interface IServiceDomain {
  /** ARN of the certificate for the names. */
  readonly certificateArn: string;
  /** Region of the certificate. */
  readonly region: string;
  /** Creates the records of the names; called once, with the host name of the load balancer, which is known after apply. */
  addRecords(loadBalancerHostname: string): void;
}
