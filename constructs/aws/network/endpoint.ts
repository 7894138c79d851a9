import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import { isToken } from "../../core/token";
import { gatewayServiceName, interfaceServiceName } from "./endpoint-service";
import { NET014 } from "./rules";
import type { Connections, IConnectable } from "./security/connections";
import { SecurityGroup } from "./security/security-group";
import type { ISubnet } from "./subnet";

/** Defines a service with a gateway endpoint, which is free of charge. */
export class GatewayEndpoint {
  /** Amazon S3. */
  static readonly S3 = new GatewayEndpoint("s3");
  /** Amazon DynamoDB. */
  static readonly DYNAMODB = new GatewayEndpoint("dynamodb");

  private constructor(
    /** Name of the service. */
    readonly service: string,
  ) {}
}

/**
 * Defines an AWS service with an interface endpoint: a private address in each zone.
 *
 * @example InterfaceEndpoint.of("ecr.api"); InterfaceEndpoint.SSM
 */
export class InterfaceEndpoint {
  /** The API of Amazon ECR. */
  static readonly ECR_API = InterfaceEndpoint.of("ecr.api");
  /** Image downloads from Amazon ECR. */
  static readonly ECR_DOCKER = InterfaceEndpoint.of("ecr.dkr");
  /** The API of Amazon EC2. */
  static readonly EC2 = InterfaceEndpoint.of("ec2");
  /** AWS Security Token Service. */
  static readonly STS = InterfaceEndpoint.of("sts");
  /** Amazon CloudWatch Logs. */
  static readonly CLOUDWATCH_LOGS = InterfaceEndpoint.of("logs");
  /** AWS Systems Manager. */
  static readonly SSM = InterfaceEndpoint.of("ssm");
  /** Sessions of AWS Systems Manager. */
  static readonly SSM_MESSAGES = InterfaceEndpoint.of("ssmmessages");
  /** AWS Key Management Service. */
  static readonly KMS = InterfaceEndpoint.of("kms");

  /** A service by the last part of its endpoint name in the AWS list of endpoint services. */
  static of(service: string): InterfaceEndpoint {
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(service) || service.includes("amazonaws"))
      throw NET014.violation({
        given: `endpoint service "${service}"`,
        fix: 'use the part after the region, for example "ecr.api"',
      });
    return new InterfaceEndpoint(service);
  }

  private constructor(
    /** Name of the service. */
    readonly service: string,
  ) {}
}

export interface GatewayEndpointAttachmentProps {
  readonly networkId: string;
  readonly region: string;
  readonly endpoint: GatewayEndpoint;
  readonly routeTableIds: readonly string[];
}

/** Defines a gateway endpoint in a network's route tables. Created by `network.addGatewayEndpoint`. */
export class GatewayEndpointAttachment extends Construct {
  /** @internal */
  constructor(scope: Construct, id: string, props: GatewayEndpointAttachmentProps) {
    super(scope, id);
    this.node.defaultChild = new VpcEndpoint(this, "Resource", {
      vpcId: props.networkId,
      serviceName: gatewayServiceName(props.region, props.endpoint.service),
      vpcEndpointType: "Gateway",
      routeTableIds: [...props.routeTableIds],
      tags: { Name: Name.of(this).tag() },
    });
  }
}

export interface InterfaceEndpointAttachmentProps {
  readonly networkId: string;
  readonly region: string;
  readonly endpoint: InterfaceEndpoint;
  readonly subnets: readonly ISubnet[];
  /** Peers that may connect to the endpoint. */
  readonly clients: readonly Peer[];
}

/**
 * Defines an interface endpoint in the subnets of a tier. Created by `network.addInterfaceEndpoint`.
 *
 * Cost: per hour and zone, and per gigabyte.
 */
export class InterfaceEndpointAttachment extends Construct implements IConnectable, ITerraformDependable {
  /** Rules of its security group. */
  readonly connections: Connections;
  /** Id of the endpoint. */
  readonly endpointId: string;
  /** For `dependsOn` of resources that use the service, so that they are destroyed first. */
  readonly fqn: string;

  /** @internal */
  constructor(scope: Construct, id: string, props: InterfaceEndpointAttachmentProps) {
    super(scope, id);
    const { service } = props.endpoint;
    const group = new SecurityGroup(this, "SecurityGroup", { network: props, description: `endpoint of ${service}` });
    for (const client of props.clients)
      group.connections.allowFrom(
        client,
        Port.HTTPS,
        `${service} from ${isToken(client.value) ? "the network" : client.value}`,
      );
    const resource = new VpcEndpoint(this, "Resource", {
      vpcId: props.networkId,
      serviceName: interfaceServiceName(props.region, service),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: props.subnets.map((subnet) => subnet.subnetId),
      securityGroupIds: [group.securityGroupId],
      tags: { Name: Name.of(this).tag() },
    });
    this.node.defaultChild = resource;
    this.connections = group.connections;
    this.endpointId = resource.id;
    this.fqn = resource.fqn;
  }
}
