import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/files";
import { BOO001 } from "@groundwork/constructs/boot/rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port as Traffic } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import type { Cloud } from "@groundwork/constructs/openstack/cloud";
import type { InstanceProps } from "@groundwork/constructs/openstack/compute/instance";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { Placement, ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { SecurityGroup } from "@groundwork/constructs/openstack/network/security-group";
import { OST003, OST011, OST012, OST013, OST015, OST016 } from "@groundwork/constructs/openstack/rules";
import { resource, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { NARROW, readyForMachines } from "../../../support/openstack";

type Change = (site: ReturnType<typeof readyForMachines>) => Partial<InstanceProps>;

/** One machine in the private subnet, with what is changed about it. */
function machine(change: Change = () => ({}), cloud: Cloud = OPENSTACK, flavorName = "r2.c2m8") {
  const site = readyForMachines(cloud, flavorName);
  const { flavor, image, keyPair, privateSubnet, stack } = site;
  const nics = [Nic.in(privateSubnet, { fixedAddress: "172.31.0.20" })] as const;
  const made = new Instance(stack, "Worker", { flavor, image, keyPair, nics, ...change(site) });
  return { ...site, machine: made };
}

const block = (stack: ReturnType<typeof readyForMachines>["stack"]) => resource(stack, ComputeInstanceV2);

describe("Instance", () => {
  test("waits for no confirmation of a new flavor where the cloud gives it by itself", () => {
    const vendor = (cloud: Cloud) => block(machine(() => ({}), cloud).stack)["vendor_options"];
    expect(vendor({ ...OPENSTACK, confirmsResize: true })).toEqual({ ignore_resize_confirmation: true });
    expect(vendor(OPENSTACK)).toBeUndefined();
  });

  test("starts from a volume made of its image, gone with it", () => {
    const { stack } = machine(() => ({ zone: "kr-pub-a" }));
    expect(block(stack)).toMatchObject({
      name: "test-worker",
      key_pair: "ops",
      availability_zone: "kr-pub-a",
      block_device: [
        {
          source_type: "image",
          destination_type: "volume",
          boot_index: 0,
          volume_size: 20,
          delete_on_termination: true,
        },
      ],
    });
    expect(block(stack)["flavor_id"]).toMatch(/data\.openstack_compute_flavor_v2\.Flavor/);
    expect(JSON.stringify(block(stack)["block_device"])).toMatch(/data\.openstack_images_image_v2\.Ubuntu/);
  });

  test("keeps a disk that it is told to keep, of the type it is told", () => {
    const rootDisk = { size: Size.gibibytes(50), type: "General SSD", keep: true };
    const dataDisks = [{ size: Size.gibibytes(100) }, { size: Size.gibibytes(200), keep: true }];
    const { stack } = machine(() => ({ rootDisk, dataDisks }));
    expect(block(stack)["block_device"]).toMatchObject([
      { volume_size: 50, volume_type: "General SSD", delete_on_termination: false },
      { source_type: "blank", boot_index: 1, volume_size: 100, delete_on_termination: true },
      { source_type: "blank", boot_index: 2, volume_size: 200, delete_on_termination: false },
    ]);
  });

  test("is not replaced when the cloud has a newer image", () => {
    expect(block(machine().stack)["lifecycle"]).toEqual({ ignore_changes: ["block_device[0].uuid"] });
  });

  test("sees its interfaces in their order", () => {
    const { stack } = machine(({ privateSubnet, publicSubnet }) => ({
      nics: [Nic.in(privateSubnet, { fixedAddress: "172.31.0.10" }), Nic.in(publicSubnet)],
    }));
    const networks = block(stack)["network"] as readonly { port: string }[];
    expect(networks.map(({ port }) => port)).toEqual([
      expect.stringMatching(/Worker_Port_[^_]+\.id/),
      expect.stringMatching(/Worker_Port-eth1_/),
    ]);
    expect(
      resources(stack, NetworkingPortV2)
        .map((port) => port["name"])
        .sort(),
    ).toEqual(["test-worker-port", "test-worker-port-eth1"]);
  });

  test("is known by its first address, and reached by the first floating one", () => {
    const { machine: made } = machine(({ stack, internet, privateSubnet, publicSubnet }) => {
      const floatingIp = new FloatingIp(stack, "Address", { external: internet });
      return { nics: [Nic.in(privateSubnet, { fixedAddress: "172.31.0.10" }), Nic.in(publicSubnet, { floatingIp })] };
    });
    expect(made).toMatchObject({
      name: "test-worker",
      fixedAddress: "172.31.0.10",
      flavor: "r2.c2m8",
      zone: undefined,
    });
    expect(made.floatingAddress).toContain("TfToken");
    expect(made.ports).toHaveLength(2);
  });

  test("finds its ways open when it starts, and is gone before they are", () => {
    const { stack } = machine(({ stack: site, internet, publicSubnet }) => ({
      nics: [Nic.in(publicSubnet, { floatingIp: new FloatingIp(site, "Address", { external: internet }) })],
    }));
    const graph = graphOf(stack);
    for (const needed of ["openstack_networking_floatingip_associate_v2", "openstack_networking_router_interface_v2"])
      expect(graph.touches("openstack_compute_instance_v2", needed)).toBe(true);
    expect(graph.touches("openstack_networking_floatingip_associate_v2", "openstack_compute_instance_v2")).toBe(false);
  });

  test("has a group of its own, shut until something is opened", () => {
    const { stack, machine: made } = machine();
    expect(resource(stack, NetworkingSecgroupV2)["description"]).toBe("test-worker");
    expect(resources(stack, NetworkingSecgroupRuleV2)).toEqual([]);
    made.connections.allowFrom(Peer.ipv4("203.0.113.0/24"), Traffic.SSH, "administrators");
    expect(resource(stack, NetworkingSecgroupRuleV2)["port_range_min"]).toBe(22);
  });

  test("takes the groups that it is given, and others where an interface has its own", () => {
    const { stack } = machine(({ stack: site, privateSubnet, publicSubnet }) => {
      const node = new SecurityGroup(site, "Node", { description: "nodes" });
      const edge = new SecurityGroup(site, "Edge", { description: "edge" });
      return {
        securityGroups: [node],
        nics: [Nic.in(privateSubnet), Nic.in(publicSubnet, { securityGroups: [edge] })],
      };
    });
    const groups = resources(stack, NetworkingPortV2).map((port) => JSON.stringify(port["security_group_ids"]));
    expect(groups.some((text) => text.includes("Node_"))).toBe(true);
    expect(groups.some((text) => text.includes("Edge_"))).toBe(true);
    expect(resources(stack, NetworkingSecgroupV2)).toHaveLength(2);
  });

  test("takes a port that exists, with the groups that it brings", () => {
    const { stack, machine: made } = machine(({ stack: site, privateSubnet }) => {
      const group = new SecurityGroup(site, "Node", { description: "nodes" });
      return { nics: [Nic.existing(new Port(site, "Own", { subnet: privateSubnet, securityGroups: [group] }))] };
    });
    expect(resources(stack, NetworkingPortV2)).toHaveLength(1);
    expect(made.securityGroups).toHaveLength(1);
  });

  test("stands with its group of machines", () => {
    const { stack } = machine(({ stack: site }) => ({ serverGroup: new ServerGroup(site, "Workers") }));
    expect(JSON.stringify(block(stack)["scheduler_hints"])).toContain("openstack_compute_servergroup_v2.Workers");
  });

  test("is told what to do at first, shell's own words escaped for Terraform", () => {
    const boot = CloudInit.ubuntu().with(Files.text("/etc/motd", "home is ${HOME}\n"));
    const { stack } = machine(() => ({ boot }));
    expect(block(stack)["user_data"]).toContain("home is $${HOME}");
  });

  test("starts from the disk of its flavor where that has one", () => {
    const { stack } = machine(undefined, NARROW, "u2.c2m4");
    expect(block(stack)["block_device"]).toBeUndefined();
    expect(block(stack)["image_id"]).toMatch(/data\.openstack_images_image_v2/);
    expect(block(stack)["lifecycle"]).toEqual({ ignore_changes: ["image_id"] });
  });

  test("is known again by whoever walks the tree", () => {
    const { stack, machine: made } = machine();
    expect([Instance.isInstance(made), Instance.isInstance(stack)]).toEqual([true, false]);
  });

  test.each(["Worker-1", "-worker", "worker_1", "x".repeat(64), ""])(
    "rejects the name %p, which is no host name",
    (name) => {
      expect(() => machine(() => ({ name }))).toViolate(OST015, /at test\/Worker/);
    },
  );

  test("rejects an address that another machine has", () => {
    const { stack, privateSubnet, flavor, image, keyPair } = machine();
    const nics = [Nic.in(privateSubnet, { fixedAddress: "172.31.0.20" })] as const;
    expect(() => new Instance(stack, "Second", { flavor, image, keyPair, nics })).toViolate(OST003);
  });

  test.each([
    [{ size: Size.gibibytes(19) }, /root disk of r2\.c2m8 of 19 GiB; Narrow Cloud takes 20 GiB to 2000 GiB/],
    [{ size: Size.gibibytes(2001) }, /2001 GiB/],
    [{ size: Size.gibibytes(50), type: "Fast" }, /has "General HDD", "General SSD"/],
  ])("rejects the root disk %#", (rootDisk, words) => {
    expect(() => machine(() => ({ rootDisk }), NARROW)).toViolate(OST011, words);
  });

  test("rejects a data disk that is too small, and a root disk where the flavor has one", () => {
    const dataDisks = [{ size: Size.gibibytes(10) }, { size: Size.gibibytes(9) }];
    expect(() => machine(() => ({ dataDisks }), NARROW)).toViolate(OST011, /data disk 2 of 9 GiB/);
    expect(() => machine(() => ({ rootDisk: { size: Size.gibibytes(50) } }), NARROW, "u2.c2m4")).toViolate(
      OST011,
      /part of the flavor/,
    );
  });

  test("rejects more interfaces than the cloud takes", () => {
    const four: Change = ({ privateSubnet }) => {
      const nic = Nic.in(privateSubnet);
      return { nics: [nic, nic, nic, nic] };
    };
    expect(() => machine(four, NARROW)).toViolate(OST012, /4 network interfaces; Narrow Cloud takes at most 3/);
    expect(() => machine(four)).not.toThrow();
  });

  test("rejects groups for a port that brings its own", () => {
    expect(() =>
      machine(({ stack, privateSubnet }) => ({
        nics: [Nic.existing(new Port(stack, "Own", { subnet: privateSubnet, securityGroups: [] }))],
        securityGroups: [new SecurityGroup(stack, "Node", { description: "nodes" })],
      })),
    ).toViolate(OST013);
  });

  test("rejects to be opened where no group is known", () => {
    const { machine: made } = machine(({ stack, privateSubnet }) => ({
      nics: [Nic.existing(new Port(stack, "Own", { subnet: privateSubnet, securityGroups: [] }))],
    }));
    expect(() => made.connections).toViolate(OST013, /without security groups/);
  });

  test("rejects a placement that the cloud does not know", () => {
    expect(() =>
      machine(
        ({ stack }) => ({ serverGroup: new ServerGroup(stack, "Group", { placement: Placement.together() }) }),
        NARROW,
      ),
    ).toViolate(OST016, /placement affinity on Narrow Cloud; use anti-affinity/);
  });

  test("rejects user data of more than 65,535 bytes", () => {
    const words = Array.from({ length: 9000 }, (_, index) => (index * 7919).toString(36)).join(" ");
    const boot = CloudInit.ubuntu().with(Files.text("/etc/words", `${words}${[...words].reverse().join("")}`));
    expect(() => machine(() => ({ boot }))).toViolate(BOO001, /OpenStack takes 49149/);
  });
});
