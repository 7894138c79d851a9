import { OWNER } from "../account";
import type { Route } from "../call";
import { collection } from "../collection";
import { anything, flag, list, read, text, whole, word } from "../fields";
import { conflict, Refusal } from "../refusal";
import type { Row, World } from "../world";
import { Kind } from "../world";
import { portsOf } from "./ports";
import { refuseBeyond } from "./quotas";
import { removeSubnet, subnetsOf } from "./subnets";
import { now } from "./times";

/** A network: a wire that subnets lie on. */
export interface Network extends Row {
  readonly name: string;
  readonly description: string;
  readonly status: "ACTIVE";
  readonly admin_state_up: boolean;
  readonly shared: boolean;
  readonly "router:external": boolean;
  readonly port_security_enabled: boolean;
  readonly mtu: number;
}

export const NETWORKS = new Kind<Network>("Network");

/** What a list of networks can be narrowed by. */
export const NETWORK_FILTERS = [
  "id",
  "name",
  "status",
  "router:external",
  "shared",
  "tenant_id",
  "project_id",
  "admin_state_up",
  "tags",
];

/** Adds a network. */
export function addNetwork(
  world: World,
  given: Partial<Network> & { readonly name: string },
  provided = false,
): Network {
  const id = given.id ?? world.newId();
  return world.add(
    NETWORKS,
    {
      ...OWNER,
      description: "",
      status: "ACTIVE",
      admin_state_up: true,
      shared: false,
      "router:external": false,
      port_security_enabled: true,
      mtu: 1450,
      availability_zone_hints: [],
      dns_domain: "",
      tags: [],
      created_at: now(),
      updated_at: now(),
      ...given,
      id,
    },
    { provided },
  );
}

/** A network of the project's own. Refuses the internet. */
export function ownNetwork(world: World, id: string): Network {
  const network = world.get(NETWORKS, id);
  if (network["router:external"])
    throw new Refusal(403, "PolicyNotAuthorized", `network ${id} is the internet and not yours`);
  return network;
}

/** A network with the ids of what lies on it. */
export function networkView(world: World): (network: Network) => Row {
  return (network) => ({ ...network, subnets: subnetsOf(world, network.id).map(({ id }) => id) });
}

const CHANGEABLE = {
  name: text,
  description: text,
  admin_state_up: flag,
  port_security_enabled: flag,
  mtu: whole,
  dns_domain: text,
};

/** Networks of a standard OpenStack. */
export function networks(world: World): readonly Route[] {
  return collection(world, {
    kind: NETWORKS,
    path: "/v2.0/networks",
    one: "network",
    many: "networks",
    filters: NETWORK_FILTERS,
    view: networkView(world),
    create: (call) => {
      const given = read(call, {
        wrapper: "network",
        optional: {
          ...CHANGEABLE,
          tenant_id: word,
          project_id: word,
          availability_zone_hints: list(text),
          shared: anything,
        },
      });
      if (given.shared === true) throw new Refusal(403, "PolicyNotAuthorized", "only an administrator shares networks");
      refuseBeyond(world, NETWORKS);
      return addNetwork(world, { name: "", ...given, shared: false });
    },
    update: (call, { id }) => world.change(NETWORKS, id, read(call, { wrapper: "network", optional: CHANGEABLE })),
    remove: ({ id }) => {
      ownNetwork(world, id);
      if (portsOf(world, { network_id: id }).length > 0)
        throw conflict(
          "NetworkInUse",
          `Unable to complete operation on network ${id}. There are one or more ports still in use on the network.`,
        );
      for (const subnet of subnetsOf(world, id)) removeSubnet(world, subnet.id);
      world.remove(NETWORKS, id);
    },
  });
}
