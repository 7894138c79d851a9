import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { LoadBalancer } from "@groundwork/constructs/openstack/network/load-balancer";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
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
import { App, TerraformStack } from "cdktf";
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

const block = (stack: TerraformStack) => resource(stack, ComputeInstanceV2);

/** Rules that the machine of a stack names as what it waits for, in its order. */
function awaited(stack: TerraformStack): readonly string[] {
  const type = NetworkingSecgroupRuleV2.tfResourceType;
  const needed = block(stack)["depends_on"] as readonly string[];
  return needed.filter((address) => address.startsWith(type)).map((address) => address.slice(type.length + 1));
}

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

  test("waits for what it is told to wait for, too", () => {
    const { stack } = machine(({ privateSubnet }) => ({
      dependsOn: new LoadBalancer(privateSubnet, "Before", { subnet: privateSubnet }).ready,
    }));
    expect(block(stack)["depends_on"]).toContainEqual(expect.stringContaining("openstack_lb_loadbalancer_v2"));
  });

  test("stays as it was made when its first start is another one now, if that is wanted", () => {
    const { stack } = machine(() => ({ bootCausesReplacement: false }));
    expect(block(stack)["lifecycle"]).toEqual({ ignore_changes: ["block_device[0].uuid", "user_data"] });
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

  test("finds the rules of all its groups in force, and is gone before they are", () => {
    const { stack } = machine(({ stack: site, privateSubnet, publicSubnet }) => {
      const [node, edge, port, other] = ["Node", "Edge", "Port", "Other"].map(
        (id) => new SecurityGroup(site, id, { description: id }),
      );
      for (const group of [node, edge, port, other])
        group?.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
      const own = new Port(site, "Own", { subnet: privateSubnet, securityGroups: port === undefined ? [] : [port] });
      const nic = (group?: SecurityGroup) =>
        Nic.in(publicSubnet, { securityGroups: group === undefined ? [] : [group] });
      return { nics: [Nic.existing(own), nic(edge), nic(node)] };
    });
    expect(awaited(stack).map((rule) => rule.replace(/_.*/, ""))).toEqual(["Edge", "Node", "Port"]);
    expect(graphOf(stack).touches("openstack_networking_secgroup_rule_v2", "openstack_compute_instance_v2")).toBe(
      false,
    );
  });

  test("finds rules in force that are added after it, from either end", () => {
    const { stack, machine: made } = machine();
    const other = new SecurityGroup(stack, "Other", { description: "other machines" });
    made.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
    other.connections.allowTo(made, Traffic.tcp(8080), "what it serves");
    expect(awaited(stack)).toEqual([
      expect.stringMatching(/^Worker_SecurityGroup_from-test-Other-tcp-8080_/),
      expect.stringMatching(/^Worker_SecurityGroup_to-0000-0-tcp-443_/),
    ]);
  });

  test("waits in no circle for rules about itself: its addresses, and groups that open each other", () => {
    const {
      stack,
      internet,
      machine: made,
      ...site
    } = machine(({ stack: at, internet: external, publicSubnet }) => ({
      nics: [Nic.in(publicSubnet, { floatingIp: new FloatingIp(at, "Address", { external }) })],
    }));
    const { flavor, image, keyPair, privateSubnet } = site;
    const second = new Instance(stack, "Second", { flavor, image, keyPair, nics: [Nic.in(privateSubnet)] });
    for (const one of [made, second]) {
      const other = one === made ? second : made;
      one.connections.allowFrom(other, Traffic.HTTPS, "the other one");
      for (const address of [one.fixedAddress, other.fixedAddress, made.floatingAddress ?? ""])
        one.connections.allowFrom(Peer.ipv4(`${address}/32`), Traffic.tcp(8080), `address ${one.node.id} ${address}`);
      one.connections.allowWithin(Traffic.ALL, "among themselves");
    }
    const graph = graphOf(stack);
    expect(resources(stack, NetworkingSecgroupRuleV2)).toHaveLength(14);
    expect(graph.cycle).toBeUndefined();
    expect(graph.touches("openstack_networking_secgroup_rule_v2", "openstack_networking_port_v2")).toBe(true);
    expect(graph.touches("openstack_networking_secgroup_rule_v2", "openstack_networking_floatingip_v2")).toBe(true);
  });

  test("is the same in whatever order its ways are opened", () => {
    const opened = (ports: readonly number[]) => {
      const { stack, machine: made } = machine();
      for (const port of ports) made.connections.allowTo(Peer.anyIpv4(), Traffic.tcp(port), `port ${port}`);
      return block(stack);
    };
    expect(opened([443, 80, 53])["depends_on"]).toHaveLength(4);
    expect(opened([80, 53, 443])).toEqual(opened([443, 80, 53]));
  });

  test("leaves the rules of another stack to that stack, which stands before", () => {
    const { stack, ...site } = readyForMachines();
    const shared = new TerraformStack(App.of(stack), "shared");
    new OpenstackProvider(shared, "openstack", {});
    const group = new SecurityGroup(shared, "Group", { description: "for many stacks" });
    group.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
    const { flavor, image, keyPair, privateSubnet } = site;
    new Instance(stack, "Worker", { flavor, image, keyPair, nics: [Nic.in(privateSubnet)], securityGroups: [group] });
    expect(awaited(stack)).toEqual([]);
    expect(resources(shared, NetworkingSecgroupRuleV2)).toHaveLength(1);
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
