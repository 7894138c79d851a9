import type { JsonObject } from "../../../http/json";
import { notFound } from "../../api/api-error";
import { param, type Route } from "../../api/call";
import { list, object, read, text, nonEmptyText } from "../../api/fields";
import { type Port, PORTS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { PortRules } from "../../network/rules";
import type { Store } from "../../store";
import { SERVERS } from "../models";
import { attachNic } from "../queries/nics";

/** Plugging machines into more networks while they run. NHN Cloud does not document it, so it is not there. */
export function interfaces(store: Store, rules: PortRules): readonly Route[] {
  const view = ({ id, network_id, mac_address, status, fixed_ips }: Port): JsonObject => ({
    port_id: id,
    net_id: network_id,
    mac_addr: mac_address,
    port_state: status,
    fixed_ips,
  });
  const attached = (server: string, port: string): Port => {
    const found = portsOf(store, { device_id: store.get(SERVERS, server).id }).find(({ id }) => id === port);
    if (found === undefined) throw notFound("Interface", port);
    return found;
  };
  return [
    {
      method: "GET",
      path: "/servers/:id/os-interface",
      handle: (call) => ({
        body: { interfaceAttachments: portsOf(store, { device_id: store.get(SERVERS, param(call)).id }).map(view) },
      }),
    },
    {
      method: "GET",
      path: "/servers/:id/os-interface/:port",
      handle: (call) => ({ body: { interfaceAttachment: view(attached(param(call), param(call, "port"))) } }),
    },
    {
      method: "POST",
      path: "/servers/:id/os-interface",
      status: 200,
      handle: (call) => {
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
        const nic = {
          ...(given.port_id === undefined ? {} : { port: given.port_id }),
          ...(given.net_id === undefined ? {} : { uuid: given.net_id }),
          ...(fixed_ip === undefined ? {} : { fixed_ip }),
        };
        const created = attachNic(store, nic, { server: id, zone, groups: [] }, rules);
        store.change(SERVERS, id, { own_ports: [...own_ports, ...created] });
        return { body: { interfaceAttachment: view(attached(id, given.port_id ?? created[0] ?? "")) } };
      },
    },
    {
      method: "DELETE",
      path: "/servers/:id/os-interface/:port",
      status: 202,
      handle: (call) => {
        const port = attached(param(call), param(call, "port"));
        if (store.get(SERVERS, param(call)).own_ports.includes(port.id)) removePort(store, port.id);
        else store.change(PORTS, port.id, { device_id: "", device_owner: "", status: "DOWN" });
        return {};
      },
    },
  ];
}
