import { type Block, type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { NetworkAddresses, SubnetAddresses } from "./network-addresses";

/** A resource with the path of its construct. */
interface Resource {
  readonly address: string;
  readonly path: string;
  readonly block: Block;
}

/** How the networks and subnets of a cloud are synthesized. */
interface CloudNetworks {
  readonly networks: (stack: SynthesizedStack) => readonly Resource[];
  readonly subnets: (stack: SynthesizedStack) => readonly Resource[];
  /** Blocks of a network. */
  readonly blocks: (network: Resource, stack: SynthesizedStack) => readonly string[];
  readonly cidr: (subnet: Resource) => string;
  readonly zone: (subnet: Resource) => string;
}

const AWS: CloudNetworks = {
  networks: (stack) => resources(stack, "aws_vpc"),
  subnets: (stack) => resources(stack, "aws_subnet"),
  blocks: (network, stack) => [
    textArgument(network.block, "cidr_block"),
    ...resources(stack, "aws_vpc_ipv4_cidr_block_association")
      .filter((association) => refersTo(association, network))
      .map(({ block }) => textArgument(block, "cidr_block")),
  ],
  cidr: ({ block }) => textArgument(block, "cidr_block"),
  zone: ({ block }) => textArgument(block, "availability_zone"),
};

const OPENSTACK: CloudNetworks = {
  networks: (stack) => resources(stack, "openstack_networking_network_v2"),
  subnets: (stack) =>
    resources(stack, "openstack_networking_subnet_v2").filter(({ block }) => block["ip_version"] !== 6),
  blocks: () => [],
  cidr: ({ block }) => textArgument(block, "cidr"),
  zone: () => "",
};

/** NHN Cloud's own API, through the REST provider: the arguments are in the request body. */
const NHN: CloudNetworks = {
  networks: (stack) => objects(stack, "/v2.0/vpcs"),
  subnets: (stack) => objects(stack, "/v2.0/vpcsubnets"),
  blocks: ({ block }) => [bodyField(block, "cidrv4")],
  cidr: ({ block }) => bodyField(block, "cidr"),
  zone: () => "",
};

/** The networks of a synthesized stack, on every cloud. */
export function readNetworks(stack: SynthesizedStack): readonly NetworkAddresses[] {
  return [AWS, OPENSTACK, NHN].flatMap((cloud) => {
    const subnets = cloud.subnets(stack);
    return cloud.networks(stack).map((network) => ({
      stack: stack.id,
      network: network.path,
      region: cloud === AWS ? stack.region : "",
      blocks: cloud.blocks(network, stack).filter((block) => block !== ""),
      subnets: subnets
        .filter((subnet) => refersTo(subnet, network))
        .map((subnet): SubnetAddresses => ({
          name: relativeName(subnet.path, network.path),
          cidr: cloud.cidr(subnet),
          zone: cloud.zone(subnet),
        }))
        .filter(({ cidr }) => cidr !== ""),
    }));
  });
}

function resources(stack: SynthesizedStack, type: string): readonly Resource[] {
  return [...stack.resources(type)].map(([address, block]) => ({ address, block, path: pathOf(address, block) }));
}

function objects(stack: SynthesizedStack, path: string): readonly Resource[] {
  return resources(stack, "restapi_object").filter(({ block }) => textArgument(block, "path") === path);
}

/** Path of the construct; the address for a resource that was not created by a construct. */
function pathOf(address: string, block: Block): string {
  const { metadata } = (block["//"] ?? {}) as { readonly metadata?: { readonly path?: string } };
  // Constructs use the ids `Resource` and `Default` for their main resource.
  return metadata?.path?.replace(/(\/(Resource|Default))+$/, "") ?? address;
}

/** Whether an argument of the resource refers to the network. */
function refersTo({ block }: Resource, { address }: Resource): boolean {
  return Object.values(block).some((value) => typeof value === "string" && value.includes(`${address}.id`));
}

function bodyField(block: Block, name: string): string {
  return new RegExp(`"${name}" = "([^"]*)"`).exec(textArgument(block, "data"))?.[1] ?? "";
}

/** `private/a` for the subnet `lab-eks/Network/private/a` of the network `lab-eks/Network`. */
function relativeName(path: string, network: string): string {
  const [own, base] = [path.split("/"), network.split("/")];
  const common = own.findIndex((part, index) => part !== base[index]);
  return own.slice(Math.max(common, 0)).join("/");
}
