import { anyCheck, type Check } from "../check";
import { nearest } from "../nearest";
import { blocksOf } from "@groundwork/tooling/terraform/synthesized";
import type { OpenStackSession } from "./session";

/** Whether the volume types of disks and volumes exist. */
export const volumeTypeCheck: Check<OpenStackSession, readonly string[], readonly string[]> = {
  name: "volume types",
  needs: (plan) => {
    const disks = plan.created("openstack_compute_instance_v2").flatMap(({ block }) => blocksOf(block["block_device"]));
    const volumes = plan.created("openstack_blockstorage_volume_v3").map(({ block }) => block);
    const types = [...disks, ...volumes].map((block) => block["volume_type"]);
    const named = new Set(types.filter((type): type is string => typeof type === "string" && !type.includes("${")));
    return named.size === 0 ? undefined : [...named];
  },
  supply: async (cloud) =>
    (await cloud.list<{ readonly name: string }>("volume", "/types", "volume_types")).map(({ name }) => name),
  compare: (needs, supply) =>
    needs
      .filter((type) => !supply.includes(type))
      .map((type) => ({
        needed: `volume type "${type}"`,
        available: `the cloud has no volume type of this name${nearest(type, supply)}`,
        fix: "choose one of openstack volume type list",
      })),
};

export const volumeTypes = anyCheck(volumeTypeCheck);
