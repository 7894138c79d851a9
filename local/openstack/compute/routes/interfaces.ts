import type { JsonObject } from "../../../http/json";
import { notFound } from "../../api/api-error";
import { param, type Route } from "../../api/call";
import { list, object, read, text, word } from "../../api/fields";
import { type Port, PORTS } from "../../network/models";
import { portsOf } from "../../network/queries/lookup";
import { removePort } from "../../network/queries/ports";
import type { PortRules } from "../../network/rules";
import type { World } from "../../store";
import { SERVERS } from "../models";
import { plugNic } from "../queries/nics";

/** Plugging machines into more networks while they run. NHN Cloud does not document it, so it is not there. */
export function interfaces(world: World, rules: PortRules): readonly Route[] {
  const view = ({ id, network_id, mac_address, status, fixed_ips }: Port): JsonObject => ({
    port_id: id,
    net_id: network_id,
    mac_addr: mac_address,
    port_state: status,
    fixed_ips,
  });
  const plugged = (server: string, port: string): Port => {
    const found = portsOf(world, { device_id: world.get(SERVERS, server).id }).find(({ id }) => id === port);
    if (found === undefined) throw notFound("Interface", port);
    return found;
  };
  return [
    {
      method: "GET",
      path: "/servers/:id/os-interface",
      answer: (call) => ({
        body: { interfaceAttachments: portsOf(world, { device_id: world.get(SERVERS, param(call)).id }).map(view) },
      }),
    },
    {
      method: "GET",
      path: "/servers/:id/os-interface/:port",
      answer: (call) => ({ body: { interfaceAttachment: view(plugged(param(call), param(call, "port"))) } }),
    },
    {
      method: "POST",
      path: "/servers/:id/os-interface",
      status: 200,
      answer: (call) => {
        const { id, zone, own_ports } = world.get(SERVERS, param(call));
        const given = read(call, {
          wrapper: "interfaceAttachment",
          optional: { port_id: word, net_id: word, fixed_ips: list(object({ ip_address: word }, {})), tag: text },
        });
        const fixed_ip = given.fixed_ips?.[0]?.ip_address;
        const nic = {
          ...(given.port_id === undefined ? {} : { port: given.port_id }),
          ...(given.net_id === undefined ? {} : { uuid: given.net_id }),
          ...(fixed_ip === undefined ? {} : { fixed_ip }),
        };
        const made = plugNic(world, nic, { server: id, zone, groups: [] }, rules);
        world.change(SERVERS, id, { own_ports: [...own_ports, ...made] });
        return { body: { interfaceAttachment: view(plugged(id, given.port_id ?? made[0] ?? "")) } };
      },
    },
    {
      method: "DELETE",
      path: "/servers/:id/os-interface/:port",
      status: 202,
      answer: (call) => {
        const port = plugged(param(call), param(call, "port"));
        if (world.get(SERVERS, param(call)).own_ports.includes(port.id)) removePort(world, port.id);
        else world.change(PORTS, port.id, { device_id: "", device_owner: "", status: "DOWN" });
        return {};
      },
    },
  ];
}
