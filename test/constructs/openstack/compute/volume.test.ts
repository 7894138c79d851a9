import { BlockstorageVolumeV3 } from "@groundwork/provider-openstack/lib/blockstorage-volume-v3";
import { ComputeVolumeAttachV2 } from "@groundwork/provider-openstack/lib/compute-volume-attach-v2";
import { Size } from "@groundwork/constructs/core/size";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { Volume, type VolumeProps } from "@groundwork/constructs/openstack/compute/volume";
import { OST011, OST016 } from "@groundwork/constructs/openstack/rules";
import { resource } from "../../../support/fixture";
import { NARROW, readyForMachines } from "../../../support/openstack";

function volume(props: Partial<VolumeProps> = {}) {
  const { stack, privateSubnet, ...ready } = readyForMachines();
  const machine = new Instance(stack, "Database", { ...ready, nics: [Nic.in(privateSubnet)] });
  const created = new Volume(stack, "Data", { size: Size.gibibytes(100), machine, ...props });
  return { stack, volume: created };
}

describe("Volume", () => {
  test("is protected: Terraform does not destroy it", () => {
    const { stack } = volume({ type: "General SSD", zone: "nova" });
    expect(resource(stack, BlockstorageVolumeV3)).toMatchObject({
      name: "test-data",
      size: 100,
      volume_type: "General SSD",
      availability_zone: "nova",
      // Without it the provider plans an update in place that fails at apply.
      enable_online_resize: true,
      lifecycle: { prevent_destroy: true },
    });
    const attachment = resource(stack, ComputeVolumeAttachV2);
    expect(attachment["instance_id"]).toContain("openstack_compute_instance_v2.Database");
    expect(attachment["volume_id"]).toContain("openstack_blockstorage_volume_v3.Data");
  });

  test("can be destroyed if protection is disabled", () => {
    const { stack } = volume({ isProtected: false });
    expect(resource(stack, BlockstorageVolumeV3)["lifecycle"]).toEqual({ prevent_destroy: false });
  });

  test("rejects a size that the cloud does not support", () => {
    expect(() => volume({ size: Size.tebibytes(17) })).toViolate(OST011, /volume of 17408 GiB/);
  });

  test("rejects a cloud without a block storage API that Terraform supports", () => {
    expect(() => volume({ cloud: NARROW })).toViolate(OST016, /volumes on Narrow Cloud; use dataDisks of the machine/);
  });
});
