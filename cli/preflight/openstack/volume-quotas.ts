import { type CountedDisk, volumeSizes } from "@groundwork/constructs/openstack/quotas";
import { type Block, blocksOf } from "@groundwork/tooling/terraform/synthesized";
import { anyCheck, type Check } from "../check";
import type { Plan, PlannedBlock } from "../plan";
import { exceededQuotas } from "../quota";
import { raise } from "./compute-quotas";
import { textOf } from "./machines";
import type { OpenStackSession } from "./session";

/** Volumes that stacks create or grow. */
export interface VolumeNeeds {
  readonly volumes: number;
  readonly gibibytes: number;
}

/** Cinder's limits of the project. */
export type VolumeSupply = Readonly<Record<string, number>>;

interface Limits {
  readonly limits: { readonly absolute: VolumeSupply };
}

/** Whether volumes and their total size fit into Cinder's quotas. */
export const volumeQuotaCheck: Check<OpenStackSession, VolumeNeeds, VolumeSupply> = {
  name: "quotas of volumes",
  needs: (plan) => {
    const created = plan.created().flatMap(sizesOf);
    const gibibytes = created.reduce((sum, size) => sum + size, growth(plan));
    return created.length + gibibytes === 0 ? undefined : { volumes: created.length, gibibytes };
  },
  supply: async (cloud) => ((await cloud.get("volume", "/limits")) as unknown as Limits).limits.absolute,
  compare: ({ volumes, gibibytes }, limits) => {
    const quota = (limit: string, used: string) => {
      const most = limits[limit];
      return most === undefined ? undefined : { limit: most, used: limits[used] ?? 0 };
    };
    return exceededQuotas([
      {
        label: "volumes",
        needed: volumes,
        quota: quota("maxTotalVolumes", "totalVolumesUsed"),
        fix: raise("volumes"),
      },
      {
        label: "GiB of volumes",
        needed: gibibytes,
        quota: quota("maxTotalVolumeGigabytes", "totalGigabytesUsed"),
        fix: raise("gigabytes"),
      },
    ]);
  },
};

export const volumeQuotas = anyCheck(volumeQuotaCheck);

function sizesOf({ type, block }: PlannedBlock): readonly number[] {
  return volumeSizes(type, { disks: blocksOf(block["block_device"]).map(diskOf), size: numberOf(block["size"]) });
}

function diskOf(block: Block): CountedDisk {
  return { destinationType: textOf(block["destination_type"]), volumeSize: numberOf(block["volume_size"]) };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** GiB by which existing volumes grow. */
function growth(plan: Plan): number {
  return plan.resources("openstack_blockstorage_volume_v3").reduce((sum, { block, deployed }) => {
    const present = numberOf(deployed?.["size"]);
    return present === undefined ? sum : sum + Math.max(0, (numberOf(block["size"]) ?? 0) - present);
  }, 0);
}
