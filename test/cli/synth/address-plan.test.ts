import { addressPlanData, addressPlanText } from "@groundwork/cli/synth/address-plan/address-plan";
import { freeBlocks } from "@groundwork/cli/synth/address-plan/network-addresses";
import { readNetworks } from "@groundwork/cli/synth/address-plan/read-networks";
import { Cidr } from "@groundwork/constructs/core";
import { synthesizedStacks } from "@groundwork/tooling/terraform/synthesized";
import fc from "fast-check";
import { synthesizedApp } from "../../support/synthesized-app";

const metadata = (path: string) => ({ "//": { metadata: { path } } });
const subnet = (zone: string, cidr: string) => ({
  ...metadata(`net/Network/private/${zone}/Resource`),
  vpc_id: "${aws_vpc.Network.id}",
  availability_zone: `eu-west-1${zone}`,
  cidr_block: cidr,
});

const stacks = synthesizedStacks(
  synthesizedApp({
    net: {
      provider: { aws: [{ region: "eu-west-1" }] },
      resource: {
        aws_vpc: { Network: { ...metadata("net/Network/Resource"), cidr_block: "10.0.0.0/23" } },
        aws_vpc_ipv4_cidr_block_association: { B: { vpc_id: "${aws_vpc.Network.id}", cidr_block: "10.1.0.0/24" } },
        aws_subnet: { A: subnet("a", "10.0.1.0/24"), C: subnet("c", "10.0.0.0/25") },
      },
    },
    computed: {
      resource: {
        aws_vpc: { Network: { cidr_block: "${var.cidr}" } },
        aws_subnet: { A: { vpc_id: "${aws_vpc.Network.id}", cidr_block: "${cidrsubnet(var.cidr, 4, 0)}" } },
      },
    },
    openstack: {
      resource: {
        openstack_networking_network_v2: { N: metadata("openstack/N/Network/Resource") },
        openstack_networking_subnet_v2: {
          S: {
            ...metadata("openstack/N/Private/Resource"),
            network_id: "${openstack_networking_network_v2.N.id}",
            cidr: "172.31.0.0/20",
          },
          Other: { network_id: "${openstack_networking_network_v2.Other.id}", cidr: "172.31.16.0/20" },
        },
      },
    },
    nhn: {
      resource: {
        restapi_object: {
          Vpc: { path: "/v2.0/vpcs", data: '${jsonencode({"vpc" = {"name" = "n", "cidrv4" = "10.0.0.0/16"}})}' },
          Subnet: {
            path: "/v2.0/vpcsubnets",
            data: '${jsonencode({"vpcsubnet" = {"vpc_id" = restapi_object.Vpc.id, "cidr" = "10.0.0.0/17", "name" = "s"}})}',
          },
        },
      },
    },
    empty: {},
  }),
);

describe("the address plan", () => {
  test("shows the networks of every cloud with their subnets and free parts, in address order", () => {
    expect(addressPlanText(stacks.flatMap(readNetworks)).join("\n")).toMatchInlineSnapshot(`
"net/Network in eu-west-1
10.0.0.0/23  512 addresses
10.1.0.0/24  256 addresses
  10.0.0.0/25         private/c (eu-west-1c)        128
  10.0.0.128/25       free                          128
  10.0.1.0/24         private/a (eu-west-1a)        256
  10.1.0.0/24         free                          256

aws_vpc.Network
\${var.cidr}
  \${cidrsubnet(var.cidr, 4, 0)}  aws_subnet.A

openstack/N/Network
  172.31.0.0/20       Private           4,096

restapi_object.Vpc
10.0.0.0/16  65,536 addresses
  10.0.0.0/17         restapi_object.Subnet     32,768
  10.0.128.0/17       free                      32,768"
`);
  });

  test("contains the free parts for programs", () => {
    const [first] = addressPlanData(stacks.flatMap(readNetworks));
    expect(first).toMatchObject({ stack: "net", free: ["10.0.0.128/25", "10.1.0.0/24"] });
  });

  test("covers a block exactly once with subnets and free parts", () => {
    const block = Cidr.parse("10.0.0.0/20");
    const part = fc
      .tuple(fc.integer({ min: 20, max: 28 }), fc.nat())
      .map(([prefix, n]) => block.part(prefix, n % 2 ** (prefix - 20)));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const subnets = parts.filter((one, index) => !parts.slice(0, index).some((other) => other.overlaps(one)));
        const free = freeBlocks({
          stack: "s",
          network: "n",
          region: "",
          blocks: [block.toString()],
          subnets: subnets.map((cidr) => ({ name: "x", zone: "", cidr: cidr.toString() })),
        }).map((text) => Cidr.parse(text));
        const all = [...free, ...subnets];
        expect(all.reduce((sum, { size }) => sum + size, 0)).toBe(block.size);
        expect(all.filter((one) => all.some((other) => other !== one && other.overlaps(one)))).toEqual([]);
      }),
    );
  });
});
