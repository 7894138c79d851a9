import { defined } from "@groundwork/constructs/core";
import type { JsonObject } from "../../../http/json";
import { notFound } from "../../api/api-error";
import { type Call, param, type Reply, type Route } from "../../api/call";
import { list, nonEmptyText, object, read, text } from "../../api/fields";
import { type Port, PORTS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { PortRules } from "../../network/rules";
import type { Store } from "../../store";
import { SERVERS } from "../models";
import { attachNic } from "../queries/nics";

/** Network interfaces of existing machines. NHN Cloud does not document this API and does not have it here. */
export function interfaces(store: Store, rules: PortRules): readonly Route[] {
  const path = "/servers/:id/os-interface";
  return [
    {
      method: "GET",
      path,
      handle: (call) => ({
        body: { interfaceAttachments: portsOf(store, { device_id: store.get(SERVERS, param(call)).id }).map(view) },
      }),
    },
    {
      method: "GET",
      path: `${path}/:port`,
      handle: (call) => ({
        body: { interfaceAttachment: view(attachedPort(store, param(call), param(call, "port"))) },
      }),
    },
    { method: "POST", path, status: 200, handle: (call) => attach(store, call, rules) },
    { method: "DELETE", path: `${path}/:port`, status: 202, handle: (call) => detach(store, call) },
  ];
}

function view({ id, network_id, mac_address, status, fixed_ips }: Port): JsonObject {
  return { port_id: id, net_id: network_id, mac_addr: mac_address, port_state: status, fixed_ips };
}

function attachedPort(store: Store, serverId: string, portId: string): Port {
  const found = portsOf(store, { device_id: store.get(SERVERS, serverId).id }).find(({ id }) => id === portId);
  if (found === undefined) throw notFound("Interface", portId);
  return found;
}

function attach(store: Store, call: Call, rules: PortRules): Reply {
  const { id, zone, own_ports } = store.get(SERVERS, param(call));
  const given = read(call, {
    wrapper: "interfaceAttachment",
    optional: {
      port_id: nonEmptyText,
      net_id: nonEmptyText,
      fixed_ips: list(object({ ip_address: nonEmptyText }, {})),
      tag: text,
    },
  });
  const fixed_ip = given.fixed_ips?.[0]?.ip_address;
  const nic = defined({ port: given.port_id, uuid: given.net_id, fixed_ip });
  const created = attachNic(store, nic, { server: id, zone, groups: [] }, rules);
  store.change(SERVERS, id, { own_ports: [...own_ports, ...created] });
  return { body: { interfaceAttachment: view(attachedPort(store, id, given.port_id ?? created[0] ?? "")) } };
}

function detach(store: Store, call: Call): Reply {
  const port = attachedPort(store, param(call), param(call, "port"));
  if (store.get(SERVERS, param(call)).own_ports.includes(port.id)) removePort(store, port.id);
  else store.change(PORTS, port.id, { device_id: "", device_owner: "", status: "DOWN" });
  return {};
}
