import { OWNER } from "../../account";
import { badRequest, conflict } from "../../api/api-error";
import type { Call, Route } from "../../api/call";
import { collection } from "../../api/collection";
import { nonEmptyText, read, text } from "../../api/fields";
import { FLOATING_IPS, NAT_GATEWAY_OWNER } from "../../network/models";
import { addPort, removePort } from "../../network/queries/ports";
import { rejectBeyondQuota } from "../../network/queries/quotas";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { NAT_GATEWAYS, type NatGateway, ROUTES, VPC_SUBNETS, VPCS } from "../models";
import { gatewayOfSubnet } from "../queries/vpc-subnets";

/** NAT gateways. */
export function natGateways(store: Store): readonly Route[] {
  return collection(store, {
    kind: NAT_GATEWAYS,
    path: "/v2.0/natgateways",
    singular: "natgateway",
    plural: "natgateways",
    filters: ["id", "tenant_id", "name"],
    create: (call) => create(store, call),
    update: (call, { id }) =>
      store.change(
        NAT_GATEWAYS,
        id,
        read(call, { wrapper: "natgateway", optional: { name: nonEmptyText, description: text } }),
      ),
    remove: ({ id, fixed_ip, vpc_id, port_id }) => {
      const routed = store.all(ROUTES).find(({ gateway }) => gateway === fixed_ip);
      if (routed !== undefined)
        throw conflict("NatGatewayInUse", `route ${routed.id} of VPC ${vpc_id} points at NAT gateway ${id}`);
      // Deleting the port disassociates the floating IP.
      removePort(store, port_id);
      store.remove(NAT_GATEWAYS, id);
    },
  });
}

function create(store: Store, call: Call): NatGateway {
  const { name, description, vpc_id, subnet_id, floatingips_id } = read(call, {
    wrapper: "natgateway",
    required: { name: nonEmptyText, vpc_id: nonEmptyText, subnet_id: nonEmptyText, floatingips_id: nonEmptyText },
    optional: { description: text, tenant_id: nonEmptyText },
  });
  store.get(VPCS, vpc_id);
  const subnet = store.get(VPC_SUBNETS, subnet_id);
  if (subnet.vpc_id !== vpc_id) throw badRequest(`subnet ${subnet_id} is not in VPC ${vpc_id}`);
  const router_id = gatewayOfSubnet(store, subnet_id);
  if (router_id === undefined) throw badRequest(`the routing table of subnet ${subnet_id} has no internet gateway`);
  const floating = store.get(FLOATING_IPS, floatingips_id);
  if (floating.port_id !== null) throw conflict("FloatingIPInUse", `floating IP ${floating.id} is in use`);
  rejectBeyondQuota(store, NAT_GATEWAYS);
  const id = store.newId();
  const port = addPort(
    store,
    { network_id: vpc_id, fixed_ips: [{ subnet_id }], device_id: id, device_owner: NAT_GATEWAY_OWNER },
    { restrictedToPools: true },
  );
  const fixed_ip = port.fixed_ips[0]?.ip_address ?? "";
  store.change(FLOATING_IPS, floating.id, {
    port_id: port.id,
    fixed_ip_address: fixed_ip,
    router_id,
    status: "ACTIVE",
  });
  const row = store.add(NAT_GATEWAYS, {
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
    create_time: nhnTimestamp(),
    status: "BUILD",
  });
  store.afterPolls(NAT_GATEWAYS, id, 1, () => store.change(NAT_GATEWAYS, id, { status: "ACTIVE" }));
  return row;
}
