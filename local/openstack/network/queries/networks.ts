import { OWNER } from "../../account";
import type { Row, Store } from "../../store";
import { type Network, NETWORKS } from "../models";
import { now } from "../timestamps";
import { subnetsOf } from "./lookup";

/** Adds a network. */
export function addNetwork(
  store: Store,
  given: Partial<Network> & { readonly name: string },
  provided = false,
): Network {
  const id = given.id ?? store.newId();
  return store.add(
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

/** Represents a network with the ids of its subnets. */
export function networkView(store: Store): (network: Network) => Row {
  return (network) => ({ ...network, subnets: subnetsOf(store, network.id).map(({ id }) => id) });
}
