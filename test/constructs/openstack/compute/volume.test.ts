import { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeVolumeAttachV2 } from "@cdktf/provider-openstack/lib/compute-volume-attach-v2";
import { Size } from "@groundwork/constructs/core/size";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import type { VolumeProps } from "@groundwork/constructs/openstack/compute/volume";
import { Volume } from "@groundwork/constructs/openstack/compute/volume";
import { OST011, OST016 } from "@groundwork/constructs/openstack/rules";
import { resource } from "../../../support/fixture";
import { NARROW, readyForMachines } from "../../../support/openstack";

function volume(props: Partial<VolumeProps> = {}) {
  const { stack, privateSubnet, ...ready } = readyForMachines();
  const machine = new Instance(stack, "Database", { ...ready, nics: [Nic.in(privateSubnet)] });
  const made = new Volume(stack, "Data", { size: Size.gibibytes(100), machine, ...props });
  return { stack, volume: made };
}

describe("Volume", () => {
  test("outlives its machine: Terraform refuses to destroy it", () => {
    const { stack } = volume({ type: "General SSD", zone: "nova" });
    expect(resource(stack, BlockstorageVolumeV3)).toMatchObject({
      name: "test-data",
      size: 100,
      volume_type: "General SSD",
      availability_zone: "nova",
      lifecycle: { prevent_destroy: true },
    });
    const attachment = resource(stack, ComputeVolumeAttachV2);
    expect(attachment["instance_id"]).toContain("openstack_compute_instance_v2.Database");
    expect(attachment["volume_id"]).toContain("openstack_blockstorage_volume_v3.Data");
  });

  test("goes when it is said that it may", () => {
    const { stack } = volume({ isProtected: false });
    expect(resource(stack, BlockstorageVolumeV3)["lifecycle"]).toEqual({ prevent_destroy: false });
  });

  test("rejects a size that the cloud does not take", () => {
    expect(() => volume({ size: Size.tebibytes(17) })).toViolate(OST011, /volume of 17408 GiB/);
  });

  test("rejects a cloud without a block storage that Terraform knows", () => {
    expect(() => volume({ cloud: NARROW })).toViolate(OST016, /volumes on Narrow Cloud; give the machine dataDisks/);
  });
});
