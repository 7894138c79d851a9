// @ts-check
// Measured program: the resources of networks.cjs in plain CDKTF, as a user would write them, and the ordinary synthesis.
const { CloudwatchLogGroup } = require("@cdktf/provider-aws/lib/cloudwatch-log-group/index.js");
const { DefaultNetworkAcl } = require("@cdktf/provider-aws/lib/default-network-acl/index.js");
const { DefaultRouteTable } = require("@cdktf/provider-aws/lib/default-route-table/index.js");
const { DefaultSecurityGroup } = require("@cdktf/provider-aws/lib/default-security-group/index.js");
const { Eip } = require("@cdktf/provider-aws/lib/eip/index.js");
const { FlowLog } = require("@cdktf/provider-aws/lib/flow-log/index.js");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role/index.js");
const { IamRolePolicy } = require("@cdktf/provider-aws/lib/iam-role-policy/index.js");
const { InternetGateway } = require("@cdktf/provider-aws/lib/internet-gateway/index.js");
const { NatGateway } = require("@cdktf/provider-aws/lib/nat-gateway/index.js");
const { NetworkAcl } = require("@cdktf/provider-aws/lib/network-acl/index.js");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider/index.js");
const { Route } = require("@cdktf/provider-aws/lib/route/index.js");
const { RouteTable } = require("@cdktf/provider-aws/lib/route-table/index.js");
const { RouteTableAssociation } = require("@cdktf/provider-aws/lib/route-table-association/index.js");
const { Subnet } = require("@cdktf/provider-aws/lib/subnet/index.js");
const { VpcEndpoint } = require("@cdktf/provider-aws/lib/vpc-endpoint/index.js");
const { Vpc } = require("@cdktf/provider-aws/lib/vpc/index.js");
const { App, TerraformStack } = require("cdktf");
const { Construct } = require("constructs");

const ZONES = ["a", "b", "c"];

class RawNetwork extends Construct {
  /**
   * @param {Construct} scope
   * @param {string} id
   */
  constructor(scope, id) {
    super(scope, id);
    const vpc = new Vpc(this, "Vpc", {
      ...{ cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true },
      tags: { Name: id },
    });
    const gateway = new InternetGateway(this, "Gateway", { vpcId: vpc.id, tags: { Name: id } });
    const tables = ZONES.flatMap((zone, index) => {
      const open = this.subnet(vpc, `public-${zone}`, `10.0.${index * 4}.0/22`);
      const closed = this.subnet(vpc, `private-${zone}`, `10.0.${128 + index * 16}.0/20`);
      new Route(this, `public-${zone}-internet`, {
        ...{ routeTableId: open.table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      });
      const address = new Eip(this, `address-${zone}`, {
        ...{ domain: "vpc", dependsOn: [gateway], tags: { Name: `${id}-nat-${zone}` } },
      });
      const nat = new NatGateway(this, `nat-${zone}`, {
        ...{ allocationId: address.allocationId, subnetId: open.subnet.id, dependsOn: [gateway] },
        tags: { Name: `${id}-nat-${zone}` },
      });
      new Route(this, `private-${zone}-internet`, {
        ...{ routeTableId: closed.table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
      });
      return [open, closed];
    });
    for (const tier of ["public", "private"]) this.acl(vpc, tier, tables.map(({ subnet }) => subnet.id).slice(0, 3));
    new VpcEndpoint(this, "S3", {
      ...{ vpcId: vpc.id, serviceName: "com.amazonaws.us-west-2.s3", vpcEndpointType: "Gateway" },
      routeTableIds: tables.map(({ table }) => table.id),
      tags: { Name: `${id}-s3` },
    });
    this.defaults(vpc, id);
    this.flowLogs(vpc, id);
  }

  /**
   * @param {Vpc} vpc
   * @param {string} name
   * @param {string} cidrBlock
   */
  subnet(vpc, name, cidrBlock) {
    const subnet = new Subnet(this, name, {
      ...{ vpcId: vpc.id, cidrBlock, availabilityZone: `us-west-2${name.slice(-1)}`, tags: { Name: name, Tier: name } },
    });
    const table = new RouteTable(this, `${name}-table`, { vpcId: vpc.id, tags: { Name: name } });
    new RouteTableAssociation(this, `${name}-association`, { routeTableId: table.id, subnetId: subnet.id });
    return { subnet, table };
  }

  /**
   * @param {Vpc} vpc
   * @param {string} tier
   * @param {string[]} subnetIds
   */
  acl(vpc, tier, subnetIds) {
    const rules = [100, 200, 210, 220, 230, 240].map((ruleNo) => ({
      ...{ ruleNo, action: "allow", protocol: "6", cidrBlock: "0.0.0.0/0", fromPort: 1024, toPort: 65535 },
      ...{ icmpCode: 0, icmpType: 0 },
    }));
    new NetworkAcl(this, `${tier}-acl`, { vpcId: vpc.id, subnetIds, ingress: rules, egress: rules });
  }

  /**
   * @param {Vpc} vpc
   * @param {string} id
   */
  defaults(vpc, id) {
    const tags = { Name: `${id}-defaults-unused` };
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: vpc.id, tags });
    new DefaultRouteTable(this, "DefaultRouteTable", { defaultRouteTableId: vpc.defaultRouteTableId, route: [], tags });
    new DefaultNetworkAcl(this, "DefaultNetworkAcl", {
      ...{ defaultNetworkAclId: vpc.defaultNetworkAclId, tags, lifecycle: { ignoreChanges: ["subnet_ids"] } },
    });
  }

  /**
   * @param {Vpc} vpc
   * @param {string} id
   */
  flowLogs(vpc, id) {
    const group = new CloudwatchLogGroup(this, "LogGroup", { name: `/aws/vpc/${id}`, retentionInDays: 365 });
    const trust = { Effect: "Allow", Principal: { Service: "vpc-flow-logs.amazonaws.com" }, Action: "sts:AssumeRole" };
    const role = new IamRole(this, "Role", {
      ...{ name: `${id}-flow-logs`, assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }) },
    });
    const write = {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${group.arn}:*`,
    };
    new IamRolePolicy(this, "Policy", {
      ...{ name: id, role: role.name, policy: JSON.stringify({ Version: "2012-10-17", Statement: [write] }) },
    });
    new FlowLog(this, "FlowLog", {
      ...{
        iamRoleArn: role.arn,
        logDestination: group.arn,
        maxAggregationInterval: 60,
        trafficType: "ALL",
        vpcId: vpc.id,
      },
    });
  }
}

const app = new App();
const stack = new TerraformStack(app, "bench");
new AwsProvider(stack, "aws", { region: "us-west-2" });
for (let n = 0; n < Number(process.argv[2]); n += 1) new RawNetwork(stack, `Network${n}`);
app.synth();
