import { OWNER } from "../../account";
import { addExternalNetwork } from "../../network/queries/external";
import { ownNetwork } from "../../network/queries/lookup";
import { spacedNow } from "../../network/timestamps";
import type { World } from "../../store";
import { type Vpc, VPCS } from "../models";

/** A VPC of the project's own. Refuses the internet. */
export function ownVpc(world: World, id: string): Vpc {
  const vpc = world.get(VPCS, id);
  ownNetwork(world, id);
  return vpc;
}

/** The internet, which is in the list of VPCs as well. */
export function addPublicNetwork(world: World): void {
  const { id, name } = addExternalNetwork(world, "Public Network");
  const row = {
    ...OWNER,
    id,
    name,
    state: "available",
    create_time: spacedNow(),
    cidrv4: "0.0.0.0/0",
    shared: true,
    "router:external": true,
  } as const;
  world.add(VPCS, row, { provided: true });
}
