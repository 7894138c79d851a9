import { readAws } from "../aws/read-aws";
import { readOpenstack } from "../openstack/read-openstack";
import type { Elements } from "./elements";
import type { NetworkModel } from "./network-model";

/** The networks of all clouds in a tree. Each reader selects the resource types of its providers. */
export function readNetworkModel(elements: Elements): NetworkModel {
  const models = [readAws(elements), readOpenstack(elements)];
  return {
    nodes: new Map(models.flatMap(({ nodes }) => [...nodes])),
    ports: new Map(models.flatMap(({ ports }) => [...ports])),
    subnets: new Map(models.flatMap(({ subnets }) => [...subnets])),
    networks: new Map(models.flatMap(({ networks }) => [...networks])),
    groups: new Map(models.flatMap(({ groups }) => [...groups])),
  };
}
