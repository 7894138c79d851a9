import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupRuleV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-rule-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { BOO001 } from "@groundwork/constructs/boot/rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port as Traffic } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { type Cloud, OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Instance, type InstanceProps } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { Placement, ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { OST003, OST011, OST012, OST013, OST015, OST016 } from "@groundwork/constructs/openstack/rules";
import { App, TerraformStack } from "cdktf";
import { resource, resources } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { NARROW, readyForMachines } from "../../../support/openstack";

type Change = (fixture: ReturnType<typeof readyForMachines>) => Partial<InstanceProps>;

/** A machine in the private subnet, with changed props. */
function machine(change: Change = () => ({}), cloud: Cloud = OPENSTACK, flavorName = "r2.c2m8") {
  const fixture = readyForMachines(cloud, flavorName);
  const { flavor, image, keyPair, privateSubnet, stack } = fixture;
  const nics = [Nic.in(privateSubnet, { fixedAddress: "172.31.0.20" })] as const;
  const created = new Instance(stack, "Worker", { flavor, image, keyPair, nics, ...change(fixture) });
  return { ...fixture, machine: created };
}

const block = (stack: TerraformStack) => resource(stack, ComputeInstanceV2);

/** Rules that the machine of a stack depends on, in its order. */
function requiredRules(stack: TerraformStack): readonly string[] {
  const type = NetworkingSecgroupRuleV2.tfResourceType;
  const dependencies = block(stack)["depends_on"] as readonly string[];
  return dependencies.filter((address) => address.startsWith(type)).map((address) => address.slice(type.length + 1));
}

describe("Instance", () => {
  test("does not wait for a resize confirmation if the cloud confirms by itself", () => {
    const vendor = (cloud: Cloud) => block(machine(() => ({}), cloud).stack)["vendor_options"];
    expect(vendor({ ...OPENSTACK, confirmsResize: true })).toEqual({ ignore_resize_confirmation: true });
    expect(vendor(OPENSTACK)).toBeUndefined();
  });

  test("boots from a volume that is created from its image and deleted with it", () => {
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

  test("keeps disks on request, and uses the given volume type", () => {
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

  test("depends on the given resources", () => {
    const { stack } = machine(({ privateSubnet }) => ({
      dependsOn: new LoadBalancer(privateSubnet, "Before", { subnet: privateSubnet }).ready,
    }));
    expect(block(stack)["depends_on"]).toContainEqual(expect.stringContaining("openstack_lb_loadbalancer_v2"));
  });

  test("is not replaced by a changed first boot on request", () => {
    const { stack } = machine(() => ({ bootCausesReplacement: false }));
    expect(block(stack)["lifecycle"]).toEqual({ ignore_changes: ["block_device[0].uuid", "user_data"] });
  });

  test("has its interfaces in the given order", () => {
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

  test("provides its first fixed address and its first floating address", () => {
    const { machine: worker } = machine(({ stack, internet, privateSubnet, publicSubnet }) => {
      const floatingIp = new FloatingIp(stack, "Address", { external: internet });
      return { nics: [Nic.in(privateSubnet, { fixedAddress: "172.31.0.10" }), Nic.in(publicSubnet, { floatingIp })] };
    });
    expect(worker).toMatchObject({
      name: "test-worker",
      fixedAddress: "172.31.0.10",
      flavor: "r2.c2m8",
      zone: undefined,
    });
    expect(worker.floatingAddress).toContain("TfToken");
    expect(worker.ports).toHaveLength(2);
  });

  test("depends on its routes and on the connection of its floating IP", () => {
    const { stack } = machine(({ stack: scope, internet, publicSubnet }) => ({
      nics: [Nic.in(publicSubnet, { floatingIp: new FloatingIp(scope, "Address", { external: internet }) })],
    }));
    const graph = graphOf(stack);
    for (const needed of ["openstack_networking_floatingip_associate_v2", "openstack_networking_router_interface_v2"])
      expect(graph.touches("openstack_compute_instance_v2", needed)).toBe(true);
    expect(graph.touches("openstack_networking_floatingip_associate_v2", "openstack_compute_instance_v2")).toBe(false);
  });

  test("depends on the rules of all its groups", () => {
    const { stack } = machine(({ stack: scope, privateSubnet, publicSubnet }) => {
      const [node, edge, port, other] = ["Node", "Edge", "Port", "Other"].map(
        (id) => new SecurityGroup(scope, id, { description: id }),
      );
      for (const group of [node, edge, port, other])
        group?.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
      const own = new Port(scope, "Own", { subnet: privateSubnet, securityGroups: port === undefined ? [] : [port] });
      const nic = (group?: SecurityGroup) =>
        Nic.in(publicSubnet, { securityGroups: group === undefined ? [] : [group] });
      return { nics: [Nic.existing(own), nic(edge), nic(node)] };
    });
    expect(requiredRules(stack).map((rule) => rule.replace(/_.*/, ""))).toEqual(["Edge", "Node", "Port"]);
    expect(graphOf(stack).touches("openstack_networking_secgroup_rule_v2", "openstack_compute_instance_v2")).toBe(
      false,
    );
  });

  test("depends on rules that are added later, from either side", () => {
    const { stack, machine: worker } = machine();
    const other = new SecurityGroup(stack, "Other", { description: "other machines" });
    worker.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
    other.connections.allowTo(worker, Traffic.tcp(8080), "what it serves");
    expect(requiredRules(stack)).toEqual([
      expect.stringMatching(/^Worker_SecurityGroup_from-test-Other-tcp-8080_/),
      expect.stringMatching(/^Worker_SecurityGroup_to-0000-0-tcp-443_/),
    ]);
  });

  test("has no dependency cycle with rules for its own addresses and for groups that allow each other", () => {
    const {
      stack,
      internet,
      machine: worker,
      ...fixture
    } = machine(({ stack: at, internet: external, publicSubnet }) => ({
      nics: [Nic.in(publicSubnet, { floatingIp: new FloatingIp(at, "Address", { external }) })],
    }));
    const { flavor, image, keyPair, privateSubnet } = fixture;
    const second = new Instance(stack, "Second", { flavor, image, keyPair, nics: [Nic.in(privateSubnet)] });
    for (const one of [worker, second]) {
      const other = one === worker ? second : worker;
      one.connections.allowFrom(other, Traffic.HTTPS, "the other one");
      for (const address of [one.fixedAddress, other.fixedAddress, worker.floatingAddress ?? ""])
        one.connections.allowFrom(Peer.ipv4(`${address}/32`), Traffic.tcp(8080), `address ${one.node.id} ${address}`);
      one.connections.allowWithin(Traffic.ALL, "among themselves");
    }
    const graph = graphOf(stack);
    expect(resources(stack, NetworkingSecgroupRuleV2)).toHaveLength(14);
    expect(graph.cycle).toBeUndefined();
    expect(graph.touches("openstack_networking_secgroup_rule_v2", "openstack_networking_port_v2")).toBe(true);
    expect(graph.touches("openstack_networking_secgroup_rule_v2", "openstack_networking_floatingip_v2")).toBe(true);
  });

  test("does not depend on the order in which rules are added", () => {
    const opened = (ports: readonly number[]) => {
      const { stack, machine: worker } = machine();
      for (const port of ports) worker.connections.allowTo(Peer.anyIpv4(), Traffic.tcp(port), `port ${port}`);
      return block(stack);
    };
    expect(opened([443, 80, 53])["depends_on"]).toHaveLength(4);
    expect(opened([80, 53, 443])).toEqual(opened([443, 80, 53]));
  });

  test("does not depend on rules of another stack, which is deployed first", () => {
    const { stack, ...fixture } = readyForMachines();
    const shared = new TerraformStack(App.of(stack), "shared");
    new OpenstackProvider(shared, "openstack", {});
    const group = new SecurityGroup(shared, "Group", { description: "for many stacks" });
    group.connections.allowTo(Peer.anyIpv4(), Traffic.HTTPS, "packages");
    const { flavor, image, keyPair, privateSubnet } = fixture;
    new Instance(stack, "Worker", { flavor, image, keyPair, nics: [Nic.in(privateSubnet)], securityGroups: [group] });
    expect(requiredRules(stack)).toEqual([]);
    expect(resources(shared, NetworkingSecgroupRuleV2)).toHaveLength(1);
  });

  test("has its own group, without rules by default", () => {
    const { stack, machine: worker } = machine();
    expect(resource(stack, NetworkingSecgroupV2)["description"]).toBe("test-worker");
    expect(resources(stack, NetworkingSecgroupRuleV2)).toEqual([]);
    worker.connections.allowFrom(Peer.ipv4("203.0.113.0/24"), Traffic.SSH, "administrators");
    expect(resource(stack, NetworkingSecgroupRuleV2)["port_range_min"]).toBe(22);
  });

  test("uses the given groups, except for interfaces with their own groups", () => {
    const { stack } = machine(({ stack: scope, privateSubnet, publicSubnet }) => {
      const node = new SecurityGroup(scope, "Node", { description: "nodes" });
      const edge = new SecurityGroup(scope, "Edge", { description: "edge" });
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

  test("accepts an existing port with its groups", () => {
    const { stack, machine: worker } = machine(({ stack: scope, privateSubnet }) => {
      const group = new SecurityGroup(scope, "Node", { description: "nodes" });
      return { nics: [Nic.existing(new Port(scope, "Own", { subnet: privateSubnet, securityGroups: [group] }))] };
    });
    expect(resources(stack, NetworkingPortV2)).toHaveLength(1);
    expect(worker.securityGroups).toHaveLength(1);
  });

  test("joins its server group", () => {
    const { stack } = machine(({ stack: scope }) => ({ serverGroup: new ServerGroup(scope, "Workers") }));
    expect(JSON.stringify(block(stack)["scheduler_hints"])).toContain("openstack_compute_servergroup_v2.Workers");
  });

  test("passes its first-boot program, with shell variables escaped for Terraform", () => {
    const boot = CloudInit.ubuntu().with(Files.text("/etc/motd", "home is ${HOME}\n"));
    const { stack } = machine(() => ({ boot }));
    expect(block(stack)["user_data"]).toContain("home is $${HOME}");
  });

  test("boots from the disk of its flavor if the flavor has one", () => {
    const { stack } = machine(undefined, NARROW, "u2.c2m4");
    expect(block(stack)["block_device"]).toBeUndefined();
    expect(block(stack)["image_id"]).toMatch(/data\.openstack_images_image_v2/);
    expect(block(stack)["lifecycle"]).toEqual({ ignore_changes: ["image_id"] });
  });

  test("is recognized by isInstance", () => {
    const { stack, machine: worker } = machine();
    expect([Instance.isInstance(worker), Instance.isInstance(stack)]).toEqual([true, false]);
  });

  test.each(["Worker-1", "-worker", "worker_1", "x".repeat(64), ""])(
    "rejects the name %p, which is not a host name",
    (name) => {
      expect(() => machine(() => ({ name }))).toViolate(OST015, /at test\/Worker/);
    },
  );

  test("rejects an address of another machine", () => {
    const { stack, privateSubnet, flavor, image, keyPair } = machine();
    const nics = [Nic.in(privateSubnet, { fixedAddress: "172.31.0.20" })] as const;
    expect(() => new Instance(stack, "Second", { flavor, image, keyPair, nics })).toViolate(OST003);
  });

  test.each([
    [
      { size: Size.gibibytes(19) },
      /root disk of r2\.c2m8 of 19 GiB; use a size that Narrow Cloud supports: 20 GiB to 2000 GiB/,
    ],
    [{ size: Size.gibibytes(2001) }, /2001 GiB/],
    [{ size: Size.gibibytes(50), type: "Fast" }, /of Narrow Cloud: "General HDD", "General SSD"/],
  ])("rejects the root disk %#", (rootDisk, message) => {
    expect(() => machine(() => ({ rootDisk }), NARROW)).toViolate(OST011, message);
  });

  test("rejects a data disk that is too small, and a root disk if the flavor has one", () => {
    const dataDisks = [{ size: Size.gibibytes(10) }, { size: Size.gibibytes(9) }];
    expect(() => machine(() => ({ dataDisks }), NARROW)).toViolate(OST011, /data disk 2 of 9 GiB/);
    expect(() => machine(() => ({ rootDisk: { size: Size.gibibytes(50) } }), NARROW, "u2.c2m4")).toViolate(
      OST011,
      /part of the flavor/,
    );
  });

  test("rejects more interfaces than the cloud supports", () => {
    const four: Change = ({ privateSubnet }) => {
      const nic = Nic.in(privateSubnet);
      return { nics: [nic, nic, nic, nic] };
    };
    expect(() => machine(four, NARROW)).toViolate(
      OST012,
      /4 network interfaces; use at most 3, the maximum of Narrow Cloud/,
    );
    expect(() => machine(four)).not.toThrow();
  });

  test("rejects groups for an existing port", () => {
    expect(() =>
      machine(({ stack, privateSubnet }) => ({
        nics: [Nic.existing(new Port(stack, "Own", { subnet: privateSubnet, securityGroups: [] }))],
        securityGroups: [new SecurityGroup(stack, "Node", { description: "nodes" })],
      })),
    ).toViolate(OST013);
  });

  test("rejects rules if no group is known", () => {
    const { machine: worker } = machine(({ stack, privateSubnet }) => ({
      nics: [Nic.existing(new Port(stack, "Own", { subnet: privateSubnet, securityGroups: [] }))],
    }));
    expect(() => worker.connections).toViolate(OST013, /without security groups/);
  });

  test("rejects a placement that the cloud does not support", () => {
    expect(() =>
      machine(
        ({ stack }) => ({ serverGroup: new ServerGroup(stack, "Group", { placement: Placement.together() }) }),
        NARROW,
      ),
    ).toViolate(OST016, /placement affinity on Narrow Cloud; use anti-affinity/);
  });

  test("rejects user data of more than 65,535 bytes", () => {
    const text = Array.from({ length: 9000 }, (_, index) => (index * 7919).toString(36)).join(" ");
    const boot = CloudInit.ubuntu().with(Files.text("/etc/text", `${text}${[...text].reverse().join("")}`));
    expect(() => machine(() => ({ boot }))).toViolate(BOO001, /OpenStack accepts 49149/);
  });
});
