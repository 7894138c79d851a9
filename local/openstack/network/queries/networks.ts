import { OWNER } from "../../account";
import type { Row, World } from "../../store";
import { type Network, NETWORKS } from "../models";
import { now } from "../timestamps";
import { subnetsOf } from "./lookup";

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

/** A network with the ids of what lies on it. */
export function networkView(world: World): (network: Network) => Row {
  return (network) => ({ ...network, subnets: subnetsOf(world, network.id).map(({ id }) => id) });
}
