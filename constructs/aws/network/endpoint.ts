import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import type { Connections, IConnectable } from "./security/connections";
import { SecurityGroup } from "./security/security-group";
import type { ISubnet } from "./subnet";

/** Defines a service with a gateway endpoint, which is free of charge. */
export class GatewayEndpoint {
  static readonly S3 = new GatewayEndpoint("s3");
  static readonly DYNAMODB = new GatewayEndpoint("dynamodb");

  private constructor(readonly service: string) {}
}

/**
 * Defines an AWS service with an interface endpoint: a private address in each zone.
 *
 * @example InterfaceEndpoint.of("ecr.api"); InterfaceEndpoint.SSM
 */
export class InterfaceEndpoint {
  static readonly ECR_API = InterfaceEndpoint.of("ecr.api");
  static readonly ECR_DOCKER = InterfaceEndpoint.of("ecr.dkr");
  static readonly EC2 = InterfaceEndpoint.of("ec2");
  static readonly STS = InterfaceEndpoint.of("sts");
  static readonly CLOUDWATCH_LOGS = InterfaceEndpoint.of("logs");
  static readonly SSM = InterfaceEndpoint.of("ssm");
  static readonly SSM_MESSAGES = InterfaceEndpoint.of("ssmmessages");
  static readonly KMS = InterfaceEndpoint.of("kms");

  /** A service by the last part of its endpoint name in the AWS list of endpoint services. */
  static of(service: string): InterfaceEndpoint {
    return new InterfaceEndpoint(service);
  }

  private constructor(readonly service: string) {}
}

/** Name of an endpoint service in a region. Names in China begin with `cn.`, except the gateway endpoints. */
function serviceName(region: string, service: string): string {
  return `${region.startsWith("cn-") && service !== "s3" && service !== "dynamodb" ? "cn." : ""}com.amazonaws.${region}.${service}`;
}

export interface GatewayEndpointAttachmentProps {
  readonly networkId: string;
  readonly region: string;
  readonly endpoint: GatewayEndpoint;
  readonly routeTableIds: readonly string[];
}

/** Defines a gateway endpoint in a network's route tables. Created by `network.addGatewayEndpoint`. */
export class GatewayEndpointAttachment extends Construct {
  constructor(scope: Construct, id: string, props: GatewayEndpointAttachmentProps) {
    super(scope, id);
    this.node.defaultChild = new VpcEndpoint(this, "Resource", {
      vpcId: props.networkId,
      serviceName: serviceName(props.region, props.endpoint.service),
      vpcEndpointType: "Gateway",
      routeTableIds: [...props.routeTableIds],
      tags: { Name: Name.of(this).toString() },
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
  readonly connections: Connections;
  readonly endpointId: string;
  /** For `dependsOn` of resources that use the service, so that they are destroyed first. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: InterfaceEndpointAttachmentProps) {
    super(scope, id);
    const { service } = props.endpoint;
    const group = new SecurityGroup(this, "SecurityGroup", { network: props, description: `endpoint of ${service}` });
    for (const client of props.clients)
      group.connections.allowFrom(
        client,
        Port.HTTPS,
        `${service} from ${client.value.includes("${") ? "the network" : client.value}`,
      );
    const resource = new VpcEndpoint(this, "Resource", {
      vpcId: props.networkId,
      serviceName: serviceName(props.region, service),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: props.subnets.map((subnet) => subnet.subnetId),
      securityGroupIds: [group.securityGroupId],
      tags: { Name: Name.of(this).toString() },
    });
    this.node.defaultChild = resource;
    this.connections = group.connections;
    this.endpointId = resource.id;
    this.fqn = resource.fqn;
  }
}
