import { randomBytes } from "node:crypto";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { BOO001 } from "@groundwork/constructs/boot/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Size } from "@groundwork/constructs/core/size";
import { NHN_CLOUD } from "@groundwork/constructs/nhn/cloud";
import { RoutingTable } from "@groundwork/constructs/nhn/network/routing-table";
import { Subnet } from "@groundwork/constructs/nhn/network/subnet";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { Instance, type InstanceProps } from "@groundwork/constructs/openstack/compute/instance";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { OST010, OST011 } from "@groundwork/constructs/openstack/rules";
import { graphOf } from "../../support/graph";
import { action, vpcStack } from "../../support/nhn";

function machineWith(props: Partial<InstanceProps> = {}, flavor = "r2.c2m8") {
  const { stack, vpc } = vpcStack();
  const routingTable = new RoutingTable(stack, "Table", { vpc });
  const subnet = new Subnet(stack, "Private", { cidr: Cidr.parse("172.31.0.0/20"), routingTable });
  const machine = new Instance(stack, "Worker", {
    name: "worker",
    flavor: new Flavor(stack, "Flavor", { name: flavor, cloud: NHN_CLOUD }),
    image: Image.fromId(stack, "Image", "image-1"),
    keyPair: KeyPair.fromName(stack, "Operators", "operators"),
    nics: [Nic.in(subnet, { fixedAddress: "172.31.0.20" })],
    ...props,
  });
  return { stack, machine };
}

describe("NHN Cloud", () => {
  test("derives the size of a flavor from its name", () => {
    expect(NHN_CLOUD.sizeOf("r2.c2m8")).toEqual({ vCpus: 2, memory: Size.gibibytes(8) });
    expect(NHN_CLOUD.sizeOf("m1.medium")).toBeUndefined();
  });

  test("accepts an OpenStack machine in its subnet, and destroys the machine before its routes", () => {
    const { stack, machine } = machineWith();
    expect(machine.cloud).toBe(NHN_CLOUD);
    expect(graphOf(stack).needs("openstack_compute_instance_v2", action(stack, "attach_routingtable").address)).toBe(
      true,
    );
  });

  test("accepts no root disk for u2 flavors, which include one", () => {
    expect(() => machineWith({}, "u2.c2m4")).not.toThrow();
    expect(() => machineWith({ rootDisk: { size: Size.gibibytes(50) } }, "u2.c2m4")).toViolate(
      OST011,
      /part of the flavor/,
    );
  });

  test.each([
    ["smaller than 20 GB", Size.gibibytes(19)],
    ["larger than 2,000 GB", Size.gibibytes(2_001)],
  ])("rejects a root disk %s", (_, size) => {
    expect(() => machineWith({ rootDisk: { size } })).toViolate(OST011, /NHN Cloud supports: 20 GiB to 2000 GiB/);
  });

  test("rejects an unknown volume type", () => {
    expect(() => machineWith({ rootDisk: { size: Size.gibibytes(20), type: "gp3" } })).toViolate(OST011, /General SSD/);
  });

  test("rejects a flavor name that does not follow its pattern", () => {
    expect(() => machineWith({}, "m1.medium")).toViolate(OST010, /r2\.c2m8/);
  });

  test("rejects user data above its limit", () => {
    // Random data cannot be compressed.
    const boot = CloudInit.ubuntu().with(Steps.script("large", `: ${randomBytes(60_000).toString("base64")}`));
    expect(() => machineWith({ boot })).toViolate(BOO001, /NHN Cloud/);
  });
});
