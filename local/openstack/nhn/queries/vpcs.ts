import { OWNER } from "../../account";
import { addExternalNetwork } from "../../network/queries/external";
import { ownNetwork } from "../../network/queries/lookup";
import { nhnTimestamp } from "../../network/timestamps";
import type { Store } from "../../store";
import { type Vpc, VPCS } from "../models";

/** A VPC of the project. Rejects the public network. */
export function ownVpc(store: Store, id: string): Vpc {
  const vpc = store.get(VPCS, id);
  ownNetwork(store, id);
  return vpc;
}

/** Adds the public network, which the list of VPCs contains too. */
export function addPublicNetwork(store: Store): void {
  const { id, name } = addExternalNetwork(store, "Public Network");
  const row = {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: nhnTimestamp(),
    cidrv4: "0.0.0.0/0",
    shared: true,
    "router:external": true,
  } as const;
  store.add(VPCS, row, { provided: true });
}
