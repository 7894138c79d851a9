import type { NhnClient, ResponseObject, StandardClient } from "./support";

/** The id of the external network. */
export async function internet(client: NhnClient | StandardClient): Promise<string> {
  const [network] = await client.list("network", "/v2.0/networks?router:external=true");
  return network?.id ?? "";
}

/** A VPC of NHN Cloud. */
export function vpc(nhn: NhnClient, cidrv4 = "172.31.0.0/16"): Promise<ResponseObject> {
  return nhn.create("network", "/v2.0/vpcs", { vpc: { name: "lab", cidrv4 } });
}

/** A subnet of a VPC. */
export function vpcSubnet(nhn: NhnClient, vpcId: string, cidr = "172.31.16.0/20"): Promise<ResponseObject> {
  return nhn.create("network", "/v2.0/vpcsubnets", { vpcsubnet: { vpc_id: vpcId, cidr, name: "public" } });
}

/** A routing table of a VPC. */
export function table(nhn: NhnClient, vpcId: string): Promise<ResponseObject> {
  return nhn.create("network", "/v2.0/routingtables", { routingtable: { name: "public", vpc_id: vpcId } });
}

/** An internet gateway that is not attached. */
export async function internetGateway(nhn: NhnClient): Promise<ResponseObject> {
  const internetgateway = { name: "lab", external_network_id: await internet(nhn) };
  return nhn.create("network", "/v2.0/internetgateways", { internetgateway });
}

/** A subnet with its own routing table and internet gateway, in a new VPC. */
export async function publicSubnet(nhn: NhnClient): Promise<Record<"vpc" | "subnet" | "table" | "gateway", string>> {
  const { id: vpcId } = await vpc(nhn);
  const { id: subnet } = await vpcSubnet(nhn, vpcId);
  const { id: tableId } = await table(nhn, vpcId);
  const { id: gateway } = await internetGateway(nhn);
  await nhn.put("network", `/v2.0/vpcsubnets/${subnet}/attach_routingtable`, { routingtable_id: tableId });
  await nhn.put("network", `/v2.0/routingtables/${tableId}/attach_gateway`, { gateway_id: gateway });
  return { vpc: vpcId, subnet, table: tableId, gateway };
}

/** A floating IP, on either cloud. */
export async function floatingIp(client: NhnClient | StandardClient): Promise<ResponseObject> {
  return client.create("network", "/v2.0/floatingips", { floatingip: { floating_network_id: await internet(client) } });
}

/** A NAT gateway in a public subnet. */
export async function natGateway(
  nhn: NhnClient,
  topology: { readonly vpc: string; readonly subnet: string },
): Promise<ResponseObject> {
  const { id: floatingips_id } = await floatingIp(nhn);
  const natgateway = { name: "lab", vpc_id: topology.vpc, subnet_id: topology.subnet, floatingips_id };
  return nhn.create("network", "/v2.0/natgateways", { natgateway });
}

/** A network of standard OpenStack with a subnet. */
export async function network(
  openstack: StandardClient,
  cidr = "10.0.0.0/24",
): Promise<Record<"network" | "subnet", string>> {
  const { id } = await openstack.create("network", "/v2.0/networks", { network: { name: "lab" } });
  const subnet = await openstack.create("network", "/v2.0/subnets", {
    subnet: { network_id: id, cidr, ip_version: 4 },
  });
  return { network: id, subnet: subnet.id };
}

/** A router of standard OpenStack between a subnet and the external network. */
export async function router(openstack: StandardClient, subnet: string): Promise<string> {
  const external_gateway_info = { network_id: await internet(openstack) };
  const { id } = await openstack.create("network", "/v2.0/routers", { router: { name: "lab", external_gateway_info } });
  await openstack.put("network", `/v2.0/routers/${id}/add_router_interface`, { subnet_id: subnet });
  return id;
}

/** A port, on either cloud. */
export function port(
  client: NhnClient | StandardClient,
  networkId: string,
  fixed_ips?: unknown,
): Promise<ResponseObject> {
  return client.create("network", "/v2.0/ports", {
    port: { network_id: networkId, ...(fixed_ips !== undefined && { fixed_ips }) },
  });
}

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJi lab";

/** A key pair with a given public key, on either cloud. */
export function keyPair(client: NhnClient | StandardClient, name = "operators"): Promise<ResponseObject> {
  return client.create("compute", "/os-keypairs", { keypair: { name, public_key: PUBLIC_KEY } });
}

/** Body of a request to create a machine. */
export async function machine(
  client: NhnClient | StandardClient,
  networks: readonly unknown[],
  more = {},
): Promise<{ server: Record<string, unknown> }> {
  const flavors = await client.list("compute", "/flavors/detail");
  const flavor = flavors.find(({ name }) => name === "r2.c2m8" || name === "m1.c2m8");
  const [image] = await client.list("image", "/v2/images?sort_key=name");
  const disk = {
    source_type: "image",
    destination_type: "volume",
    boot_index: 0,
    uuid: image?.id,
    volume_size: 20,
    delete_on_termination: true,
  };
  const keys = await client.list("compute", "/os-keypairs");
  if (keys.length === 0) await keyPair(client);
  return {
    server: {
      name: "node",
      flavorRef: flavor?.id,
      key_name: "operators",
      networks,
      block_device_mapping_v2: [disk],
      ...more,
    },
  };
}

/** The id of a machine in status `ACTIVE`. */
export async function runningMachine(
  client: NhnClient | StandardClient,
  networks: readonly unknown[],
): Promise<string> {
  const { id } = await client.create("compute", "/servers", await machine(client, networks));
  await client.get("compute", `/servers/${id}`);
  return id;
}
