import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { Instance, type InstanceConfig } from "@cdktf/provider-aws/lib/instance";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup, type SecurityGroupConfig } from "@cdktf/provider-aws/lib/security-group";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { Subnet, type SubnetConfig } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { type TerraformStack, TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";
import { awsStack } from "../../../../support/fixture";

/** A network without constructs of this library: a VPC, a gateway, a subnet with a default route. */
function byHand(props: Partial<SubnetConfig> = {}) {
  const stack = awsStack();
  const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = new InternetGateway(stack, "gateway", { vpcId: vpc.id });
  const subnet = new Subnet(stack, "subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", ...props });
  const table = new RouteTable(stack, "table", {
    vpcId: vpc.id,
    route: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  new RouteTableAssociation(stack, "association", { subnetId: subnet.id, routeTableId: table.id });
  return { stack, vpc, gateway, subnet };
}

function instance(
  stack: TerraformStack,
  id: string,
  props: Partial<InstanceConfig> & { readonly subnetId: string },
): Instance {
  return new Instance(stack, id, { ami: "ami-1", instanceType: "t4g.nano", ...props });
}

const ALL_TRAFFIC = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

function group(stack: TerraformStack, id: string, vpc: Vpc, props: Partial<SecurityGroupConfig> = {}): SecurityGroup {
  return new SecurityGroup(stack, id, { vpcId: vpc.id, egress: [ALL_TRAFFIC], ...props });
}

/** The verdict on SSH from the internet to a machine with these groups. */
function ssh(of: (stack: TerraformStack, vpc: Vpc) => readonly string[]): string {
  const { stack, vpc, subnet } = byHand();
  const web = instance(stack, "web", {
    subnetId: subnet.id,
    associatePublicIpAddress: true,
    vpcSecurityGroupIds: [...of(stack, vpc)],
  });
  return reachability(stack).from(Peer.internet()).to(web, Port.SSH).verdict;
}

describe("security groups written by hand", () => {
  const inline = { ...ALL_TRAFFIC, protocol: "tcp", fromPort: 22, toPort: 22 };

  test("have inline rules, and separate rules in both styles", () => {
    expect(ssh((stack, vpc) => [group(stack, "g", vpc, { ingress: [inline] }).id])).toBe("passes");
    const older = (stack: TerraformStack, vpc: Vpc) => {
      const { id } = group(stack, "g", vpc);
      new SecurityGroupRule(stack, "r", { ...inline, securityGroupId: id, type: "ingress" });
      return [id];
    };
    expect(ssh(older)).toBe("passes");
    const newer = (stack: TerraformStack, vpc: Vpc) => {
      const { id } = group(stack, "g", vpc);
      new VpcSecurityGroupIngressRule(stack, "r", {
        securityGroupId: id,
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: "0.0.0.0/0",
      });
      return [id];
    };
    expect(ssh(newer)).toBe("passes");
  });

  test("block traffic without rules, and with rules for IPv6, other protocols or the other direction", () => {
    expect(ssh((stack, vpc) => [group(stack, "g", vpc).id])).toBe("blocked");
    const other = [
      { ...inline, protocol: "50" },
      { protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["::/0"] },
    ];
    expect(ssh((stack, vpc) => [group(stack, "g", vpc, { ingress: other }).id])).toBe("blocked");
    const egress = (stack: TerraformStack, vpc: Vpc) => {
      const { id } = group(stack, "g", vpc);
      new SecurityGroupRule(stack, "r", { ...inline, securityGroupId: id, type: "egress" });
      return [id];
    };
    expect(ssh(egress)).toBe("blocked");
  });

  test("are unknown outside of the tree, and where their block is a variable", () => {
    expect(ssh(() => ["sg-0123456789"])).toBe("unknown");
    const variable = (stack: TerraformStack, vpc: Vpc) => {
      const office = new TerraformVariable(stack, "office", { type: "string" }).stringValue;
      return [group(stack, "g", vpc, { ingress: [{ ...inline, cidrBlocks: [office] }] }).id];
    };
    expect(ssh(variable)).toBe("unknown");
  });

  test("default to the group of the VPC: its members can connect to each other only", () => {
    const { stack, subnet } = byHand();
    const [first, second] = ["first", "second"].map((id) =>
      instance(stack, id, { subnetId: subnet.id, associatePublicIpAddress: true }),
    );
    if (first === undefined || second === undefined) throw new Error("expected two machines");
    const traffic = reachability(stack);
    expect(traffic.from(first).to(second, Port.SSH).hops.join()).toContain("test/vpc (default)");
    expect(traffic.from(first).to(second, Port.SSH).passes).toBe(true);
    expect(traffic.from(Peer.internet()).to(first, Port.SSH).blocked).toBe(true);
  });

  test("may refer to each other, themselves, and a block in another argument of the tree", () => {
    const { stack, vpc, subnet } = byHand();
    const web = group(stack, "web", vpc);
    const rules = [
      { ...inline, cidrBlocks: [], securityGroups: [web.id] },
      { protocol: "udp", fromPort: 53, toPort: 53, cidrBlocks: [vpc.cidrBlock] },
      { protocol: "tcp", fromPort: 80, toPort: 80, selfAttribute: true },
    ].map(({ selfAttribute, ...rest }) => ({ ...rest, ...(selfAttribute ? { selfAttribute } : {}) }));
    const database = group(stack, "database", vpc, { ingress: rules });
    const make = (id: string, of: SecurityGroup) =>
      instance(stack, id, { subnetId: subnet.id, vpcSecurityGroupIds: [of.id] });
    const [one, other, third] = [make("one", web), make("other", database), make("third", database)];
    const traffic = reachability(stack);
    expect([one, third].map((from) => traffic.from(from).to(other, Port.SSH).verdict)).toEqual(["passes", "blocked"]);
    expect([one, third].map((from) => traffic.from(from).to(other, Port.HTTP).verdict)).toEqual(["blocked", "passes"]);
    expect(traffic.from(one).to(other, Port.DNS_UDP).passes).toBe(true);
  });
});

describe("launch templates", () => {
  /** The verdict on SSH from the internet to machines with a template that allows all traffic, and with an empty template. */
  const started = (create: (stack: TerraformStack, subnetId: string, templateId: string) => IConstruct) =>
    [true, false].map((isOpen) => {
      const { stack, vpc, subnet } = byHand({ mapPublicIpOnLaunch: true });
      const open = group(stack, "g", vpc, { ingress: [ALL_TRAFFIC] });
      const template = new LaunchTemplate(stack, "template", isOpen ? { vpcSecurityGroupIds: [open.id] } : {});
      const created = create(stack, subnet.id, template.id);
      return reachability(stack).from(Peer.internet()).to(created, Port.SSH).verdict;
    });

  test("provide the groups of instances without groups; otherwise the default group applies", () => {
    const single = (stack: TerraformStack, subnetId: string, id: string) =>
      instance(stack, "web", { subnetId, launchTemplate: { id } });
    expect(started(single)).toEqual(["passes", "blocked"]);
  });

  test("provide the groups of Auto Scaling groups; otherwise these are unknown", () => {
    const fleet = (stack: TerraformStack, subnetId: string, id: string) =>
      new AutoscalingGroup(stack, "fleet", {
        minSize: 1,
        maxSize: 2,
        vpcZoneIdentifier: [subnetId],
        launchTemplate: { id },
      });
    expect(started(fleet)).toEqual(["passes", "unknown"]);
  });

  test("provide the groups of nodes; otherwise the cluster security group applies", () => {
    const nodes = (stack: TerraformStack, subnetId: string, id: string) => {
      const cluster = new EksCluster(stack, "cluster", {
        name: "c",
        roleArn: "arn:aws:iam::123456789012:role/c",
        vpcConfig: { subnetIds: [subnetId] },
      });
      return new EksNodeGroup(stack, "nodes", {
        clusterName: cluster.name,
        nodeRoleArn: "arn:aws:iam::123456789012:role/n",
        subnetIds: [subnetId],
        scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
        launchTemplate: { id, version: "1" },
      });
    };
    expect(started(nodes)).toEqual(["passes", "blocked"]);
  });
});

describe("public addresses", () => {
  const reached = (
    create: (stack: TerraformStack, subnetId: string, groupId: string) => Instance,
    props: Partial<SubnetConfig> = {},
  ) => {
    const { stack, vpc, subnet } = byHand(props);
    const open = group(stack, "g", vpc, { ingress: [ALL_TRAFFIC] });
    const created = create(stack, subnet.id, open.id);
    return reachability(stack).from(Peer.internet()).to(created, Port.SSH).verdict;
  };
  const plain = (stack: TerraformStack, subnetId: string, id: string) =>
    instance(stack, "web", { subnetId, vpcSecurityGroupIds: [id] });

  test("are assigned by the subnet, the instance or an Elastic IP", () => {
    expect(reached(plain)).toBe("blocked");
    expect(reached(plain, { mapPublicIpOnLaunch: true })).toBe("passes");
    const elastic = (stack: TerraformStack, subnetId: string, id: string) => {
      const web = plain(stack, subnetId, id);
      new Eip(stack, "eip", { instance: web.id });
      return web;
    };
    expect(reached(elastic)).toBe("passes");
    const withoutAddress = (stack: TerraformStack, subnetId: string, id: string) =>
      instance(stack, "web", { subnetId, vpcSecurityGroupIds: [id], associatePublicIpAddress: false });
    expect(reached(withoutAddress, { mapPublicIpOnLaunch: true })).toBe("blocked");
  });

  test("of network interface resources belong to the attached instance", () => {
    const attached = (stack: TerraformStack, subnetId: string, id: string) => {
      const nic = new NetworkInterface(stack, "nic", { subnetId, securityGroups: [id], privateIps: ["10.0.0.9"] });
      new Eip(stack, "eip", { networkInterface: nic.id });
      return new Instance(stack, "web", {
        ami: "ami-1",
        instanceType: "t4g.nano",
        networkInterface: [{ deviceIndex: 0, networkInterfaceId: nic.id }],
      });
    };
    expect(reached(attached)).toBe("passes");
  });

  test("are assigned to load balancers, unless they are internal", () => {
    const { stack, vpc, subnet } = byHand();
    const open = group(stack, "g", vpc, { ingress: [ALL_TRAFFIC] });
    const shared = { subnets: [subnet.id], securityGroups: [open.id] };
    const traffic = () => reachability(stack).from(Peer.internet());
    const external = new Lb(stack, "external", shared);
    const internal = new Lb(stack, "internal", { ...shared, internal: true });
    expect([external, internal].map((to) => traffic().to(to, Port.HTTPS).verdict)).toEqual(["passes", "blocked"]);
  });
});

describe("ACLs written by hand", () => {
  const fromInternet = (create: (stack: TerraformStack, vpc: Vpc, subnet: Subnet) => void) => {
    const { stack, vpc, subnet } = byHand();
    create(stack, vpc, subnet);
    return reachability(stack).from(Peer.internet()).to(subnet, Port.SSH);
  };

  test("apply to subnets that they refer to or are associated with; otherwise the default ACL applies", () => {
    expect(fromInternet(() => undefined).hops.join()).toContain("test/vpc (default), rule 100");
    const named = fromInternet(
      (stack, { id: vpcId }, { id }) => new NetworkAcl(stack, "acl", { vpcId, subnetIds: [id] }),
    );
    const associated = fromInternet((stack, { id: vpcId }, { id: subnetId }) => {
      new NetworkAclAssociation(stack, "a", { subnetId, networkAclId: new NetworkAcl(stack, "acl", { vpcId }).id });
    });
    expect([named, associated].map(({ hops }) => hops.at(-1)?.toString())).toEqual(
      Array(2).fill("blocked at network ACL test/acl, rule *"),
    );
  });

  test("match destinations in outbound rules", () => {
    const { stack, vpc, subnet } = byHand();
    const rule = { protocol: "-1", action: "allow", fromPort: 0, toPort: 0 };
    const [ingress, egress] = [
      [{ ...rule, ruleNo: 1, cidrBlock: "0.0.0.0/0" }],
      [{ ...rule, ruleNo: 1, cidrBlock: "203.0.113.0/24" }],
    ];
    new NetworkAcl(stack, "acl", { vpcId: vpc.id, subnetIds: [subnet.id], ingress, egress });
    const from = reachability(stack).from(subnet);
    const to = ["203.0.113.0/24", "198.51.100.0/24"].map((block) => from.to(Peer.ipv4(block), Port.HTTPS).verdict);
    expect(to).toEqual(["passes", "blocked"]);
  });

  test("may have separate rules in both directions", () => {
    const rules = (...directions: readonly boolean[]) =>
      fromInternet((stack, { id: vpcId }, { id }) => {
        const acl = new NetworkAcl(stack, "acl", { vpcId, subnetIds: [id] });
        for (const egress of directions)
          new NetworkAclRule(stack, egress ? "out" : "in", {
            networkAclId: acl.id,
            egress,
            ruleNumber: 50,
            ruleAction: "allow",
            protocol: "-1",
            cidrBlock: "0.0.0.0/0",
          });
      }).verdict;
    expect([rules(false), rules(false, true)]).toEqual(["blocked", "passes"]);
  });
});

describe("routes written by hand", () => {
  test("default to the main table, which has local routes only", () => {
    const stack = awsStack();
    const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = new Subnet(stack, "subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    expect(reachability(stack).from(Peer.internet()).to(subnet, Port.SSH).hops.join()).toBe(
      "no route from subnet test/subnet to the internet",
    );
    expect(reachability(stack).from(subnet).to(Peer.internet(), Port.SSH).blocked).toBe(true);
  });

  test("include services whose endpoint is associated with the table", () => {
    const stack = awsStack();
    const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = new Subnet(stack, "subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    const table = new RouteTable(stack, "table", { vpcId: vpc.id });
    new RouteTableAssociation(stack, "association", { subnetId: subnet.id, routeTableId: table.id });
    const endpoint = new VpcEndpoint(stack, "s3", { vpcId: vpc.id, serviceName: "com.amazonaws.ap-northeast-2.s3" });
    const verdict = () => reachability(stack).from(subnet).to(endpoint, Port.HTTPS).verdict;
    expect(verdict()).toBe("blocked");
    new VpcEndpointRouteTableAssociation(stack, "service", { vpcEndpointId: endpoint.id, routeTableId: table.id });
    expect(verdict()).toBe("passes");
  });

  test("may refer to components outside of the tree by a longer prefix", () => {
    const { stack, vpc, subnet } = byHand();
    const table = new RouteTable(stack, "other", { vpcId: vpc.id });
    new Route(stack, "office", {
      routeTableId: table.id,
      destinationCidrBlock: "203.0.113.0/24",
      transitGatewayId: "tgw-1",
    });
    const second = new Subnet(stack, "second", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
    new RouteTableAssociation(stack, "second-association", { subnetId: second.id, routeTableId: table.id });
    const traffic = reachability(stack);
    expect(traffic.from(second).to(Peer.ipv4("203.0.113.0/24"), Port.HTTPS).toString()).toContain(
      "whose further routes are outside of this tree",
    );
    expect(traffic.from(second).to(Peer.ipv4("198.51.100.0/24"), Port.HTTPS).blocked).toBe(true);
    expect(traffic.from(second).to(subnet, Port.HTTPS).passes).toBe(true);
  });

  test("are unknown where a VPN gateway propagates routes", () => {
    const { stack, vpc, subnet } = byHand();
    const table = new RouteTable(stack, "other", { vpcId: vpc.id, propagatingVgws: ["vgw-1"] });
    const second = new Subnet(stack, "second", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
    new RouteTableAssociation(stack, "second-association", { subnetId: second.id, routeTableId: table.id });
    expect(reachability(stack).from(second).to(subnet, Port.SSH).verdict).toBe("unknown");
  });

  test("are unknown where the subnet is outside of the tree", () => {
    const { stack } = byHand();
    const found = new DataAwsSubnet(stack, "found", { tags: { Tier: "public" } });
    const web = instance(stack, "web", { subnetId: found.id, vpcSecurityGroupIds: ["sg-1"] });
    expect(reachability(stack).from(Peer.internet()).to(web, Port.SSH).toString()).toContain(
      "the subnet of test/web, its routes and its network ACL are outside of this tree",
    );
  });
});

test("overrides are evaluated", () => {
  const { stack, vpc, subnet } = byHand();
  const open = group(stack, "g", vpc);
  open.addOverride("ingress", [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }]);
  const web = instance(stack, "web", {
    subnetId: subnet.id,
    associatePublicIpAddress: true,
    vpcSecurityGroupIds: [open.id],
  });
  expect(reachability(stack).from(Peer.internet()).to(web, Port.SSH).passes).toBe(true);
});
