import { DataResource } from "cdktf";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { InternetGateway } from "@groundwork/constructs/nhn/network/internet-gateway";
import { NatGateway } from "@groundwork/constructs/nhn/network/nat-gateway";
import { Region } from "@groundwork/constructs/nhn/region";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { NHN007, NHN013, NHN014 } from "@groundwork/constructs/nhn/rules";
import { Access, Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { OST004 } from "@groundwork/constructs/openstack/rules";
import { resource } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { action, object, vpcStack } from "../../../support/nhn";

function publicSubnet(region = Region.KR1) {
  const { stack, vpc } = vpcStack(region);
  const internetGateway = new InternetGateway(stack, "Gateway");
  const routingTable = new RoutingTable(stack, "Table", { vpc, internetGateway });
  const cidr = Cidr.parse("172.31.16.0/20");
  const subnet = new Subnet(stack, "Public", { cidr, routingTable, access: Access.PUBLIC });
  return { stack, vpc, subnet, external: internetGateway.externalNetwork };
}

describe("NatGateway", () => {
  test("depends on the attachment of the internet gateway and on the association of its subnet", () => {
    const { stack, subnet } = publicSubnet();
    new NatGateway(stack, "Nat", { subnet });
    const nat = object(stack, "natgateway").block.address;
    const graph = graphOf(stack);
    for (const name of ["attach_gateway", "attach_routingtable"])
      expect(graph.needs(nat, action(stack, name).address)).toBe(true);
    expect(graph.needs(nat, "openstack_networking_floatingip_v2")).toBe(true);
  });

  test("changes its name and description in place, and is replaced by other changes", () => {
    const { stack, subnet } = publicSubnet();
    new NatGateway(stack, "Nat", { subnet });
    const { block, changeable } = object(stack, "natgateway");
    expect(changeable).toEqual({ name: "test-nat", description: "outbound traffic of private subnets" });
    expect((block["force_new"] as string[]).map((entry) => entry.split("=")[0])).toEqual([
      "vpc_id",
      "subnet_id",
      "floatingips_id",
    ]);
  });

  test("is polled with the token in the environment and not in an argument", () => {
    const { stack, subnet, vpc } = publicSubnet();
    new NatGateway(stack, "Nat", { subnet });
    const [call] = resource(stack, DataResource)["provisioner"] as [
      { "local-exec": { command: string; environment: Record<string, string> } },
    ];
    const { command, environment } = call["local-exec"];
    expect(environment["NHN_TOKEN"]).toBe("${var.nhn_token}");
    expect(environment["URL"]).toMatch(
      /^https:\/\/kr1-api-network\S+\/v2\.0\/natgateways\/\$\{restapi_object\.\w+\.id\}$/,
    );
    expect(command).toContain("--header @-");
    expect(vpc.api.token).not.toBe("");
  });

  test("accepts an existing floating IP, such as one that partners have allowlisted", () => {
    const { stack, subnet, external } = publicSubnet();
    const floatingIp = new FloatingIp(stack, "Known", { external });
    new NatGateway(stack, "Nat", { subnet, floatingIp });
    expect(String(object(stack, "natgateway").fields["floatingips_id"])).toContain("Known");
  });

  test("rejects a floating IP that is connected to another resource", () => {
    const { stack, subnet, external } = publicSubnet();
    const floatingIp = new FloatingIp(stack, "Known", { external });
    new NatGateway(stack, "Nat", { subnet, floatingIp });
    expect(() => new NatGateway(stack, "Second", { subnet, floatingIp })).toViolate(OST004, /test\/Nat/);
  });

  test("rejects a subnet whose table has no internet gateway", () => {
    const { stack, vpc } = vpcStack();
    const routingTable = new RoutingTable(stack, "Table", { vpc });
    const subnet = new Subnet(stack, "Private", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
    expect(() => new NatGateway(stack, "Nat", { subnet })).toViolate(NHN007, /private subnet 172\.31\.0\.0\/20/);
  });

  test.each([Region.KR3, Region.JP1])("rejects region %s, which does not offer NAT gateways", (region) => {
    const { stack, subnet } = publicSubnet(region);
    expect(() => new NatGateway(stack, "Nat", { subnet })).toViolate(NHN014, /a NAT gateway in region (KR3|JP1)/);
  });

  test("rejects a fourth NAT gateway of a stack", () => {
    const { stack, subnet } = publicSubnet();
    for (const name of ["A", "B", "C"]) new NatGateway(stack, name, { subnet });
    expect(() => new NatGateway(stack, "D", { subnet })).toViolate(NHN013, /4 NAT gateways/);
  });
});
