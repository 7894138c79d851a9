import type { Check, Problem } from "@groundwork/cli/preflight/check";
import { addressCheck } from "@groundwork/cli/preflight/openstack/addresses";
import { computeQuotaCheck } from "@groundwork/cli/preflight/openstack/compute-quotas";
import { flavorCheck } from "@groundwork/cli/preflight/openstack/flavors";
import { imageCheck } from "@groundwork/cli/preflight/openstack/images";
import { balancerQuotaCheck, roleCheck } from "@groundwork/cli/preflight/openstack/load-balancers";
import { nameCheck } from "@groundwork/cli/preflight/openstack/names";
import { networkQuotaCheck } from "@groundwork/cli/preflight/openstack/network-quotas";
import { networkCheck } from "@groundwork/cli/preflight/openstack/networks";
import { volumeQuotaCheck } from "@groundwork/cli/preflight/openstack/volume-quotas";
import { volumeTypeCheck } from "@groundwork/cli/preflight/openstack/volume-types";
import { zoneCheck } from "@groundwork/cli/preflight/openstack/zones";
import type { Plan } from "@groundwork/cli/preflight/plan";
import { Testing } from "cdktf";
import { counted } from "../../openstack/support/stacks";
import { stackOf } from "../../support/stacks";
import { planOf } from "./support";

const MACHINE = "openstack_compute_instance_v2";
const VOLUME = "openstack_blockstorage_volume_v3";
const PORT = "openstack_networking_port_v2";

const FLAVORS = [
  { id: "1", name: "m1.c2m8", vcpus: 2, ram: 8_192 },
  { id: "2", name: "m1.c4m16", vcpus: 4, ram: 16_384 },
];

/** The problems that a check finds in a plan; undefined when it has nothing to compare. */
function problems<C, N, S>(check: Check<C, N, S>, plan: Plan, supply: S): readonly Problem[] | undefined {
  const needs = check.needs(plan);
  return needs === undefined ? undefined : check.compare(needs, supply);
}

const needed = (found: readonly Problem[] | undefined) => found?.map((problem) => problem.needed);

const disk = (size: number, type?: string) => ({
  destination_type: "volume",
  source_type: "image",
  volume_size: size,
  uuid: "${data.openstack_images_image_v2.Image.id}",
  ...(type === undefined ? {} : { volume_type: type }),
});

describe("quotas of machines", () => {
  const limits = { maxTotalInstances: 10, totalInstancesUsed: 8, maxTotalCores: 20, totalCoresUsed: 14 };
  const supply = {
    limits: { ...limits, maxTotalRAMSize: 51_200, totalRAMUsed: 40_960 },
    keyPairs: 0,
    flavors: FLAVORS,
  };
  const machines = (count: number, flavor = "m1.c2m8") =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`M${n}`, { name: `m${n}`, flavor_name: flavor }]));

  test.each([
    ["two of 2 vCPUs and 8 GiB", machines(2), ["16384 MiB of memory"]],
    ["one of 2 vCPUs and 8 GiB", machines(1), []],
    ["three of 2 vCPUs and 8 GiB", machines(3), ["3 machines", "24576 MiB of memory"]],
    ["two of 4 vCPUs and 16 GiB", machines(2, "m1.c4m16"), ["8 vCPUs", "32768 MiB of memory"]],
  ])("are compared with %s", (_, created, expected) => {
    expect(needed(problems(computeQuotaCheck, planOf({ [MACHINE]: created }), supply))).toEqual(expected);
  });

  test("count a flavor that a data source selects", () => {
    const plan = planOf(
      { [MACHINE]: { A: { flavor_id: "${data.openstack_compute_flavor_v2.F.id}" } } },
      { data: { openstack_compute_flavor_v2: { F: { name: "m1.c4m16" } } } },
    );
    expect(needed(problems(computeQuotaCheck, plan, supply))).toEqual(["16384 MiB of memory"]);
  });

  test("count existing machines only by what a larger flavor adds", () => {
    const plan = (to: string) =>
      planOf({ [MACHINE]: { A: { flavor_name: to } } }, { state: { [`${MACHINE}.A`]: { flavor_name: "m1.c2m8" } } });
    const tight = { ...supply, limits: { ...supply.limits, maxTotalCores: 15, maxTotalInstances: 8 } };
    expect(needed(problems(computeQuotaCheck, plan("m1.c4m16"), tight))).toEqual(["2 vCPUs"]);
    expect(problems(computeQuotaCheck, plan("m1.c2m8"), tight)).toBeUndefined();
  });

  test("compare key pairs and server groups, and state the request to the operator", () => {
    const plan = planOf({ openstack_compute_keypair_v2: { K: {} }, openstack_compute_servergroup_v2: { G: {} } });
    const full = { maxTotalKeypairs: 3, maxServerGroups: 2, totalServerGroupsUsed: 2 };
    expect(problems(computeQuotaCheck, plan, { limits: full, keyPairs: 3, flavors: [] })).toEqual([
      {
        needed: "1 key pairs",
        available: "the quota is 3, 3 of it in use",
        fix: "ask the operator: openstack quota set --key-pairs 4 <project>",
      },
      {
        needed: "1 server groups",
        available: "the quota is 2, 2 of it in use",
        fix: "ask the operator: openstack quota set --server-groups 3 <project>",
      },
    ]);
  });
});

describe("quotas of volumes", () => {
  const supply = { maxTotalVolumes: 10, totalVolumesUsed: 8, maxTotalVolumeGigabytes: 1_000, totalGigabytesUsed: 700 };

  test.each([
    ["disks of a machine", { [MACHINE]: { A: { block_device: [disk(100), disk(200)] } } }, []],
    ["three disks", { [MACHINE]: { A: { block_device: [disk(1), disk(1), disk(1)] } } }, ["3 volumes"]],
    ["a large volume", { [VOLUME]: { V: { size: 301 } } }, ["301 GiB of volumes"]],
    ["a local disk", { [MACHINE]: { A: { block_device: [{ destination_type: "local" }] } } }, undefined],
  ])("are compared with %s", (_, created, expected) => {
    expect(needed(problems(volumeQuotaCheck, planOf(created), supply))).toEqual(expected);
  });

  test("count existing volumes only by their growth", () => {
    const plan = (size: number) => planOf({ [VOLUME]: { V: { size } } }, { state: { [`${VOLUME}.V`]: { size: 100 } } });
    expect(needed(problems(volumeQuotaCheck, plan(500), supply))).toEqual(["400 GiB of volumes"]);
    expect(problems(volumeQuotaCheck, plan(100), supply)).toBeUndefined();
  });
});

describe("quotas of networks", () => {
  test.each([
    ["networks", "openstack_networking_network_v2", "network"],
    ["subnets", "openstack_networking_subnet_v2", "subnet"],
    ["ports", PORT, "port"],
    ["ports", "openstack_networking_router_interface_v2", "port"],
    ["ports", "openstack_lb_loadbalancer_v2", "port"],
    ["routers", "openstack_networking_router_v2", "router"],
    ["floating IPs", "openstack_networking_floatingip_v2", "floatingip"],
    ["security groups", "openstack_networking_secgroup_v2", "security_group"],
    ["security group rules", "openstack_networking_secgroup_rule_v2", "security_group_rule"],
  ])("of %s are compared with %s", (label, type, key) => {
    const plan = planOf({ [type]: { A: {}, B: {} } });
    expect(needed(problems(networkQuotaCheck, plan, { [key]: { limit: 3, used: 2 } }))).toEqual([`2 ${label}`]);
    expect(problems(networkQuotaCheck, plan, { [key]: { limit: 4, used: 2 } })).toEqual([]);
    expect(problems(networkQuotaCheck, plan, { [key]: { limit: -1, used: 2 } })).toEqual([]);
  });

  test.each(["lab-openstack", "production-openstack"])("count in %s what ProjectQuota counts", (id) => {
    const stack = stackOf(id);
    const json = JSON.parse(Testing.synth(stack)) as { resource: object; data: object };
    const plan = planOf(json.resource as never, { data: json.data as never });
    const network = networkQuotaCheck.needs(plan);
    const volumes = volumeQuotaCheck.needs(plan);
    const usage = counted(stack);
    expect({ ...network, volumes: volumes?.volumes, volumeStorage: volumes?.gibibytes }).toEqual({
      networks: usage["networks"],
      subnets: usage["subnets"],
      ports: usage["ports"],
      routers: usage["routers"],
      floatingIps: usage["floatingIps"],
      // ProjectQuota also counts the group `default` with four rules, which the cloud reports as in use.
      securityGroups: (usage["securityGroups"] ?? 0) - 1,
      securityGroupRules: (usage["securityGroupRules"] ?? 0) - 4,
      volumes: usage["volumes"],
      volumeStorage: usage["volumeStorage"],
    });
    expect(computeQuotaCheck.needs(plan)?.machines).toBe(usage["machines"]);
  });
});

describe("load balancers", () => {
  const plan = planOf({ openstack_lb_loadbalancer_v2: { A: {} }, openstack_lb_listener_v2: { L: {} } });

  test.each([
    ["a member whom Octavia rejects", ["member"], true, 1],
    ["a member whom Octavia's policy permits", ["member"], false, 0],
    ["a member with the role", ["member", "load-balancer_member"], false, 0],
    ["an observer", ["member", "load-balancer_observer"], false, 1],
    ["an administrator who is an observer too", ["admin", "load-balancer_observer"], false, 0],
  ])("need a role: %s", (_, roles, isDenied, expected) => {
    const found = problems(roleCheck, plan, { roles, isDenied });
    expect(found).toHaveLength(expected);
    if (expected > 0) expect(found?.[0]?.fix).toContain("openstack role add");
  });

  test("fit into Octavia's quotas", () => {
    const quota = { load_balancer: 2, listener: -1, pool: null };
    const used = { load_balancer: 2, listener: 5, pool: 9 };
    expect(needed(problems(balancerQuotaCheck, plan, { quota, used }))).toEqual(["1 load balancers"]);
  });

  test("are not compared in a stack without them, or with existing ones", () => {
    expect(problems(roleCheck, planOf({ [MACHINE]: { A: {} } }), { roles: [], isDenied: true })).toBeUndefined();
    const type = "openstack_lb_loadbalancer_v2";
    const deployed = planOf({ [type]: { A: {} } }, { state: { [`${type}.A`]: {} } });
    expect(problems(roleCheck, deployed, { roles: [], isDenied: true })).toBeUndefined();
  });
});

describe("flavors, volume types and zones", () => {
  test("that the cloud does not have are reported with the nearest name", () => {
    const plan = planOf({
      [MACHINE]: {
        A: { flavor_name: "m1.c2m9", availability_zone: "nova:compute1", block_device: [disk(10, "SSD")] },
        B: { flavor_name: "m1.c4m16", availability_zone: "moon" },
      },
      [VOLUME]: { V: { size: 1, availability_zone: "moon", volume_type: "ssd" } },
    });
    expect(problems(flavorCheck, plan, ["m1.c2m8", "m1.c4m16"])).toEqual([
      {
        needed: 'flavor "m1.c2m9"',
        available: 'the cloud has no flavor of this name; the nearest is "m1.c2m8"',
        fix: "choose one of openstack flavor list",
      },
    ]);
    expect(needed(problems(volumeTypeCheck, plan, ["ssd", "standard"]))).toEqual(['volume type "SSD"']);
    const zone = (name: string, available = true) => ({ zoneName: name, zoneState: { available } });
    const zones = { compute: [zone("nova"), zone("moon", false)], volume: [zone("moon")] };
    expect(problems(zoneCheck, plan, zones)).toEqual([
      {
        needed: 'availability zone "moon" for machines',
        available: "the available zones are nova",
        fix: "choose one of them",
      },
    ]);
  });

  test("of existing machines are not compared", () => {
    const plan = planOf(
      { [MACHINE]: { A: { flavor_name: "gone", availability_zone: "gone" } } },
      { state: { [`${MACHINE}.A`]: { flavor_name: "gone" } } },
    );
    expect(problems(flavorCheck, plan, [])).toBeUndefined();
    expect(problems(zoneCheck, plan, {})).toBeUndefined();
  });
});

describe("images", () => {
  const image = (name: string, minDisk = 10, created = "2026-01-01") => ({
    name,
    min_disk: minDisk,
    created_at: created,
  });
  const plan = (data: object, size = 20) =>
    planOf(
      { [MACHINE]: { A: { block_device: [disk(size)] } } },
      { data: { openstack_images_image_v2: { Image: data } } },
    );

  test.each([
    ["exists", { name: "ubuntu" }, [image("ubuntu")], []],
    ["has another name", { name: "ubuntu-22.04" }, [image("ubuntu-24.04")], ['image "ubuntu-22.04"']],
    ["is not the only one", { name: "ubuntu" }, [image("ubuntu"), image("ubuntu")], ['image "ubuntu"']],
    [
      "is the newest of several",
      { name_regex: "^ubuntu", most_recent: true },
      [image("ubuntu-1"), image("ubuntu-2")],
      [],
    ],
    [
      "matches no name",
      { name_regex: "^debian", most_recent: true },
      [image("ubuntu")],
      ["an image that matches ^debian"],
    ],
    [
      "needs a larger disk",
      { name_regex: "^ubuntu", most_recent: true },
      [image("ubuntu-1", 10), image("ubuntu-2", 40, "2026-02-01")],
      ['image "ubuntu-2" on a disk of 20 GiB'],
    ],
    ["is selected by another argument", { tag: "stable" }, [], []],
  ])("one that %s", (_, data, supply, expected) => {
    expect(needed(problems(imageCheck, plan(data), supply))).toEqual(expected);
  });

  test("of machines that exist are not compared", () => {
    const existing = planOf(
      { [MACHINE]: { A: { block_device: [disk(20)] } } },
      { data: { openstack_images_image_v2: { Image: { name: "gone" } } }, state: { [`${MACHINE}.A`]: {} } },
    );
    expect(problems(imageCheck, existing, [])).toBeUndefined();
  });
});

describe("networks", () => {
  const network = (name: string, isExternal = true) => ({ id: name, name, "router:external": isExternal });
  const plan = (data: object) =>
    planOf({ [PORT]: { P: {} } }, { data: { openstack_networking_network_v2: { N: data } } });

  test.each([
    ["the only external one", { external: true }, [network("public"), network("own", false)], []],
    ["none", { external: true }, [network("own", false)], ["an external network"]],
    ["several", { external: true }, [network("public"), network("partner")], ["exactly one external network"]],
    ["one of several by name", { external: true, name: "public" }, [network("public"), network("partner")], []],
    ["a missing one by name", { name: "shared" }, [network("share", false)], ['a network "shared"']],
    ["one of another kind", { external: false, name: "public" }, [network("public")], ['an internal network "public"']],
  ])("%s", (_, data, supply, expected) => {
    expect(needed(problems(networkCheck, plan(data), supply))).toEqual(expected);
  });

  test("of floating IPs are external networks", () => {
    const addresses = planOf({ openstack_networking_floatingip_v2: { F: { pool: "public" } } });
    expect(problems(networkCheck, addresses, [network("public")])).toEqual([]);
    expect(needed(problems(networkCheck, addresses, [network("public", false)]))).toEqual([
      'an external network "public"',
    ]);
  });
});

describe("existing names", () => {
  test.each([
    ["openstack_compute_keypair_v2", "key pairs a, b", "choose another name"],
    [MACHINE, "machines a, b", "import or delete"],
    ["openstack_networking_network_v2", "networks a, b", "import or delete"],
    ["openstack_networking_router_v2", "routers a, b", "import or delete"],
    ["openstack_networking_secgroup_v2", "security groups a, b", "import or delete"],
    [PORT, "ports a, b", "import or delete"],
  ])("of %s are reported in one line", (type, label, fix) => {
    const plan = planOf({ [type]: { A: { name: "a" }, B: { name: "b" }, C: { name: "c" }, D: {} } });
    const found = problems(nameCheck, plan, { [type]: ["b", "a", "other"] });
    expect(needed(found)).toEqual([label]);
    expect(found?.[0]?.fix).toContain(fix);
    expect(problems(nameCheck, plan, { [type]: [] })).toEqual([]);
  });

  test("of resources in the state are not reported", () => {
    const plan = planOf({ [MACHINE]: { A: { name: "a" } } }, { state: { [`${MACHINE}.A`]: { name: "a" } } });
    expect(problems(nameCheck, plan, { [MACHINE]: ["a"] })).toBeUndefined();
  });
});

describe("addresses", () => {
  const port = (subnet: string) => ({ fixed_ip: [{ ip_address: "10.0.0.5", subnet_id: subnet }] });
  const subnets = [{ id: "s-1", name: "shared" }];
  const used = [{ fixed_ips: [{ subnet_id: "s-1", ip_address: "10.0.0.5" }], device_owner: "compute:nova" }];
  const data = { openstack_networking_subnet_v2: { S: { name: "shared" } } };
  const own = { openstack_networking_subnet_v2: { Own: {} } };
  const state = { "openstack_networking_subnet_v2.Own": { id: "s-1" } };

  test.each([
    ["a subnet by id", { [PORT]: { P: port("s-1") } }, {}, 1],
    ["another subnet", { [PORT]: { P: port("s-2") } }, {}, 0],
    ["a subnet of a data source", { [PORT]: { P: port("${data.openstack_networking_subnet_v2.S.id}") } }, { data }, 1],
    [
      "a subnet in the state",
      { ...own, [PORT]: { P: port("${openstack_networking_subnet_v2.Own.id}") } },
      { state },
      1,
    ],
    ["a new subnet", { ...own, [PORT]: { P: port("${openstack_networking_subnet_v2.Own.id}") } }, {}, undefined],
    [
      "a load balancer",
      { openstack_lb_loadbalancer_v2: { L: { vip_address: "10.0.0.5", vip_subnet_id: "s-1" } } },
      {},
      1,
    ],
  ])("that are in use in %s", (_, resource, options, expected) => {
    const found = problems(addressCheck, planOf(resource, options), { ports: used, subnets, floatingIps: [] });
    expect(found?.length).toBe(expected);
    if (expected === 1) expect(found?.[0]).toMatchObject({ available: "a port of compute:nova has it" });
  });

  test.each([
    ["free", [{ floating_ip_address: "203.0.113.5", port_id: null }], []],
    ["associated", [{ floating_ip_address: "203.0.113.5", port_id: "p" }], ["it is associated with another port"]],
    ["not of the project", [], ["the project does not have it"]],
  ])("that are floating IPs: %s", (_, floatingIps, expected) => {
    const plan = planOf({ openstack_networking_floatingip_associate_v2: { A: { floating_ip: "203.0.113.5" } } });
    const found = problems(addressCheck, plan, { ports: [], subnets: [], floatingIps });
    expect(found?.map(({ available }) => available)).toEqual(expected);
  });
});
