import { readAws } from "../aws/read-aws";
import { readOpenstack } from "../openstack/read-openstack";
import type { Elements } from "./elements";
import type { Terrain } from "./terrain";

/** What all clouds of a tree have. Their resources have names of their own, so no reader sees what is another's. */
export function readTerrain(elements: Elements): Terrain {
  const terrains = [readAws(elements), readOpenstack(elements)];
  return {
    parties: new Map(terrains.flatMap(({ parties }) => [...parties])),
    ports: new Map(terrains.flatMap(({ ports }) => [...ports])),
    subnets: new Map(terrains.flatMap(({ subnets }) => [...subnets])),
    networks: new Map(terrains.flatMap(({ networks }) => [...networks])),
    groups: new Map(terrains.flatMap(({ groups }) => [...groups])),
  };
}
