import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { type Cloud, OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { Volume } from "@groundwork/constructs/openstack/compute/volume";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { ProjectQuota, type ProjectQuotaProps } from "@groundwork/constructs/openstack/project-quota";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { OST014 } from "@groundwork/constructs/openstack/rules";
import { synthesized } from "../../support/fixture";
import { NARROW, readyForMachines } from "../../support/openstack";

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators";

/** Five machines of two vCPUs and 8 GiB, and one or two objects of every other kind, in a project with the given quota. */
function synthesize(props: ProjectQuotaProps, cloud: Cloud = { ...NARROW, services: OPENSTACK.services }) {
  const { stack, internet, privateSubnet, ...ready } = readyForMachines(cloud);
  new ProjectQuota(stack, "Quota", props);
  const machines = ["control-plane", "worker-1", "worker-2", "worker-3", "nfs"].map(
    (name) =>
      new Instance(stack, name, {
        ...ready,
        nics: [Nic.in(privateSubnet)],
        ...(name === "nfs" ? { dataDisks: [{ size: Size.gibibytes(40) }] } : {}),
      }),
  );
  const [machine] = machines;
  if (machine === undefined) throw new Error("no machine");
  machine.connections.allowFrom(Peer.ipv4("10.0.0.0/8"), Port.HTTP, "visitors");
  new Volume(stack, "Data", { size: Size.gibibytes(100), machine, cloud });
  new FloatingIp(stack, "Address", { external: internet });
  new KeyPair(stack, "Key", { publicKey: PUBLIC_KEY });
  new ServerGroup(stack, "Apart");
  new LoadBalancer(stack, "Balancer", { subnet: privateSubnet });
  return () => synthesized(stack);
}

describe("ProjectQuota", () => {
  test("accepts a stack that fits exactly, including resources that are created later in the code", () => {
    const most = {
      machines: 5,
      vCpus: 10,
      memory: Size.gibibytes(40),
      floatingIps: 1,
      volumes: 7,
      volumeStorage: Size.gibibytes(240),
      networks: 1,
      subnets: 2,
      ports: 8,
      routers: 1,
      securityGroups: 6,
      securityGroupRules: 5,
      keyPairs: 1,
      serverGroups: 1,
      loadBalancers: 1,
    };
    expect(synthesize(most)).not.toThrow();
  });

  test("checks nothing by default", () => {
    expect(synthesize({})).not.toThrow();
  });

  test.each([
    [{ machines: 4 }, /5 machines, the project's quota is 4/],
    [{ vCpus: 9 }, /10 vCPUs, the project's quota is 9/],
    [{ memory: Size.gibibytes(39) }, /40 GiB of memory, the project's quota is 39/],
    [{ floatingIps: 0 }, /1 floating IPs, the project's quota is 0/],
    [{ volumes: 6 }, /7 volumes, the project's quota is 6/],
    [{ volumeStorage: Size.gibibytes(239) }, /240 GiB of volumes, the project's quota is 239/],
    [{ networks: 0 }, /1 networks/],
    [{ subnets: 1 }, /2 subnets/],
    // Five machines, two interfaces of the router, a load balancer.
    [{ ports: 7 }, /8 ports/],
    [{ routers: 0 }, /1 routers/],
    // A group of each machine, and default with four rules.
    [{ securityGroups: 5 }, /6 security groups, including default/],
    [{ securityGroupRules: 4 }, /5 security group rules, including the four of default/],
    [{ keyPairs: 0 }, /1 key pairs/],
    [{ serverGroups: 0 }, /1 server groups/],
    [{ loadBalancers: 0 }, /1 load balancers/],
  ])("rejects a stack that exceeds %j", (props, message) => {
    expect(synthesize(props)).toViolate(OST014, message);
  });

  test("counts vCPUs and memory of flavors whose size is given, and rejects those of unknown size", () => {
    const given = { "r2.c2m8": { vCpus: 4, memory: Size.gibibytes(16) } };
    expect(synthesize({ vCpus: 20, memory: Size.gibibytes(80), flavors: given }, OPENSTACK)).not.toThrow();
    expect(synthesize({ vCpus: 19, flavors: given }, OPENSTACK)).toViolate(
      OST014,
      /20 vCPUs, the project's quota is 19/,
    );
    expect(synthesize({ vCpus: 20 }, OPENSTACK)).toViolate(
      OST014,
      /flavor "r2\.c2m8" of unknown size.*flavors: \{ "r2\.c2m8"/,
    );
    expect(synthesize({ machines: 5 }, OPENSTACK)).not.toThrow();
  });

  test("has the default quotas of Nova, Neutron and Cinder", () => {
    const { vCpus, memory, volumeStorage, securityGroupRules } = ProjectQuota.DEFAULTS;
    expect([vCpus, memory.toMebibytes(), volumeStorage.toGibibytes(), securityGroupRules]).toEqual([
      20, 51_200, 1_000, 100,
    ]);
  });
});
