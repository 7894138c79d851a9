import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { read, text, word } from "../../api/fields";
import { FLOATING_IPS, NAT_GATEWAY_OWNER } from "../../network/models";
import { addPort, removePort } from "../../network/queries/ports";
import { refuseBeyond } from "../../network/queries/quotas";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { NAT_GATEWAYS, type NatGateway, ROUTES, VPC_SUBNETS, VPCS } from "../models";
import { gatewayOfSubnet } from "../queries/vpc-subnets";

/** NAT gateways of NHN Cloud. */
export function natGateways(world: World): readonly Route[] {
  return collection(world, {
    kind: NAT_GATEWAYS,
    path: "/v2.0/natgateways",
    one: "natgateway",
    many: "natgateways",
    filters: ["id", "tenant_id", "name"],
    create: (call) => create(world, call),
    update: (call, { id }) =>
      world.change(
        NAT_GATEWAYS,
        id,
        read(call, { wrapper: "natgateway", optional: { name: word, description: text } }),
      ),
    remove: ({ id, fixed_ip, vpc_id, port_id }) => {
      const routed = world.all(ROUTES).find(({ gateway }) => gateway === fixed_ip);
      if (routed !== undefined)
        throw conflict("NatGatewayInUse", `route ${routed.id} of VPC ${vpc_id} points at NAT gateway ${id}`);
      // The public address is released with the port.
      removePort(world, port_id);
      world.remove(NAT_GATEWAYS, id);
    },
  });
}

function create(world: World, call: Call): NatGateway {
  const { name, description, vpc_id, subnet_id, floatingips_id } = read(call, {
    wrapper: "natgateway",
    required: { name: word, vpc_id: word, subnet_id: word, floatingips_id: word },
    optional: { description: text, tenant_id: word },
  });
  world.get(VPCS, vpc_id);
  const subnet = world.get(VPC_SUBNETS, subnet_id);
  if (subnet.vpc_id !== vpc_id) throw badRequest(`subnet ${subnet_id} is not in VPC ${vpc_id}`);
  const router_id = gatewayOfSubnet(world, subnet_id);
  if (router_id === undefined) throw badRequest(`the routing table of subnet ${subnet_id} has no internet gateway`);
  const floating = world.get(FLOATING_IPS, floatingips_id);
  if (floating.port_id !== null) throw conflict("FloatingIPInUse", `floating IP ${floating.id} is in use`);
  refuseBeyond(world, NAT_GATEWAYS);
  const id = world.newId();
  const port = addPort(
    world,
    { network_id: vpc_id, fixed_ips: [{ subnet_id }], device_id: id, device_owner: NAT_GATEWAY_OWNER },
    { poolsOnly: true },
  );
  const fixed_ip = port.fixed_ips[0]?.ip_address ?? "";
  world.change(FLOATING_IPS, floating.id, {
    port_id: port.id,
    fixed_ip_address: fixed_ip,
    router_id,
    status: "ACTIVE",
  });
  const row = world.add(NAT_GATEWAYS, {
    ...OWNER,
    id,
    name,
    description: description ?? "",
    vpc_id,
    subnet_id,
    port_id: port.id,
    floatingips_id,
    floating_ip: floating.floating_ip_address,
    fixed_ip,
    create_time: spacedNow(),
    status: "BUILD",
  });
  world.afterPolls(NAT_GATEWAYS, id, 1, () => world.change(NAT_GATEWAYS, id, { status: "ACTIVE" }));
  return row;
}
