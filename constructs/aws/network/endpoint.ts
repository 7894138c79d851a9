import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Peer } from "../../core/peer";
import { Port } from "../../core/port";
import type { Connections, IConnectable } from "./connections";
import { SecurityGroup } from "./security-group";
import type { ISubnet } from "./subnet";

/** Services that a route table can lead to directly, free of charge. */
export class GatewayEndpoint {
  static readonly S3 = new GatewayEndpoint("s3");
  static readonly DYNAMODB = new GatewayEndpoint("dynamodb");

  private constructor(readonly service: string) {}
}

/**
 * Defines an AWS service to be reached at a private address.
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

  /** Any service by the last part of its endpoint name, as AWS's list of endpoint services has it. */
  static of(service: string): InterfaceEndpoint {
    return new InterfaceEndpoint(service);
  }

  private constructor(readonly service: string) {}
}

/** Name of an endpoint service in a region. China's names have a prefix of their own. */
function serviceName(region: string, service: string): string {
  return `${region.startsWith("cn-") && service !== "s3" && service !== "dynamodb" ? "cn." : ""}com.amazonaws.${region}.${service}`;
}

export interface GatewayEndpointAttachmentProps {
  readonly networkId: string;
  readonly region: string;
  readonly endpoint: GatewayEndpoint;
  readonly routeTableIds: readonly string[];
}

/** Leads a network's route tables to a service. Made by `network.addGatewayEndpoint`. */
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
  /** Who may use the endpoint. */
  readonly clients: readonly Peer[];
}

/**
 * Gives a service private addresses in a tier. Made by `network.addInterfaceEndpoint`.
 *
 * Cost: by the hour for each zone, and by the gigabyte.
 */
export class InterfaceEndpointAttachment extends Construct implements IConnectable, ITerraformDependable {
  readonly connections: Connections;
  readonly endpointId: string;
  /** For `dependsOn`: what uses the service must go before it does. */
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
