import { LbListenerV2 } from "@groundwork/provider-openstack/lib/lb-listener-v2";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Size } from "@groundwork/constructs/core/size";
import { AddOn } from "@groundwork/constructs/kpaas/plan/release/add-on";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import { ClusterPlan } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { KPaasStorage } from "@groundwork/constructs/kpaas/plan/kpaas-storage";
import type { KPaasNode } from "@groundwork/constructs/kpaas/plan/node";
import { NodePool } from "@groundwork/constructs/kpaas/plan/node-pool";
import {
  KPS001,
  KPS002,
  KPS003,
  KPS004,
  KPS005,
  KPS006,
  KPS007,
  KPS008,
  KPS009,
  KPS010,
  KPS011,
  KPS012,
  KPS013,
  KPS014,
  KPS015,
  KPS016,
  KPS017,
  KPS018,
  KPS019,
  KPS020,
  KPS022,
  KPS023,
  KPS026,
  KPS027,
} from "@groundwork/constructs/kpaas/rules";
import { Region } from "@groundwork/constructs/nhn/region";
import { OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { HostPlan } from "@groundwork/constructs/openstack/network/host-plan";
import fc from "fast-check";
import {
  balancer,
  ceph,
  controller,
  etcds,
  first,
  KINDS,
  lab,
  machine,
  masters,
  nfs,
  nhnAccess,
  publicAddress,
  range,
  SUBNET,
  workers,
} from "../../../support/kpaas";
import { readyForMachines, twoTiers } from "../../../support/openstack";
import { resources } from "../../../support/fixture";

/** The lab with its first worker changed. */
function withWorker(changes: Partial<KPaasNode>): ClusterPlan {
  const [first, ...others] = workers.nodes;
  return lab({
    workers: [NodePool.of("general", [{ ...machine("lab-cluster2", 20), ...first, ...changes }, ...others])],
  });
}

/** The lab with several control plane nodes. */
function available(changes: Partial<Parameters<typeof ControlPlane.highlyAvailable>[0]> = {}): ClusterPlan {
  const props = { nodes: masters, publicAddress, etcd: Etcd.stacked(), loadBalancer: balancer };
  return lab({ controlPlane: ControlPlane.highlyAvailable({ ...props, ...changes }) });
}

/** The lab with other addresses for services and the ingress. */
function exposed(
  serviceAddresses: string,
  changes: Partial<Parameters<typeof Exposure.extraNic>[0]> = {},
): ClusterPlan {
  return lab({
    exposure: Exposure.extraNic({
      serviceAddresses: AddressRange.parse(serviceAddresses),
      address: "192.168.7.11",
      floatingAddress: "203.0.113.11",
      ...changes,
    }),
  });
}

describe("ClusterPlan", () => {
  test("lists every machine of the lab with its role (A3, B1)", () => {
    expect(lab().machines.map(({ role, name }) => `${role} ${name}`)).toEqual([
      "control-plane lab-cluster1",
      "worker lab-cluster2",
      "worker lab-cluster3",
      "worker lab-cluster4",
      "nfs lab-nfs",
    ]);
  });

  test("has control plane and workers as cluster nodes, and no etcd machine (B1)", () => {
    const plan = available({ etcd: Etcd.external(etcds) });
    expect(plan.clusterNodes.map(({ name }) => name)).toEqual([...masters, ...workers.nodes].map(({ name }) => name));
    expect(plan.machines.filter(({ role }) => role === "etcd")).toHaveLength(3);
    expect([plan.storage.exportPath, plan.storage.storageClass]).toEqual(["/home/share/nfs", "cp-storageclass"]);
  });

  test("installs from the first control plane node", () => {
    expect(available().installHost).toMatchObject({ name: "lab-cluster1", role: "control-plane" });
  });

  test("derives the domain from the public address of the ingress (B5)", () => {
    expect(lab().hostDomain).toBe("203.0.113.11.nip.io");
    expect(KINDS["ha-stacked"]?.().hostDomain).toBe("203.0.113.20.nip.io");
    expect(KINDS["nhn"]?.().hostDomain).toBeUndefined();
  });

  test("has the API at the first node's address, or at the load balancer", () => {
    expect(lab().apiServer).toBe("https://203.0.113.10:6443");
    expect(available().apiServer).toBe("https://192.168.7.5:6443");
  });

  test("has a host entry for a load balancer with a name", () => {
    const named = ApiBalancer.named("api.example.com", { address: "192.168.7.5" });
    expect(available({ loadBalancer: named }).hostEntries).toEqual([
      { address: "192.168.7.5", name: "api.example.com" },
    ]);
    expect(available({ loadBalancer: ApiBalancer.named("api.192.168.7.5.nip.io") }).hostEntries).toEqual([]);
    expect(available().hostEntries).toEqual([]);
    expect(lab().hostEntries).toEqual([]);
  });

  test("lists the listeners of load balancers", () => {
    const listeners = ({ listeners: all }: ClusterPlan) =>
      all.map(({ name, port, targetPort, targets }) => `${name} ${port} ${targetPort} ${targets.length}`);
    expect(listeners(lab())).toEqual([]);
    expect(listeners(KINDS["nhn"]?.() ?? available())).toEqual([]);
    expect(listeners(KINDS["ha-stacked"]?.() ?? lab())).toEqual([
      "api 6443 6443 3",
      "http 80 31080 6",
      "https 443 31443 6",
    ]);
    expect(listeners(available())).toEqual(["api 6443 6443 3"]);
  });

  test("has listeners that an OpenStack load balancer accepts", () => {
    const { stack, publicSubnet } = twoTiers();
    const balancer = new LoadBalancer(stack, "Balancer", { subnet: publicSubnet, fixedAddress: "172.31.16.5" });
    for (const { name, ...listener } of KINDS["ha-external"]?.().listeners ?? []) balancer.addListener(name, listener);
    expect(resources(stack, LbListenerV2).map((listener) => listener["protocol_port"])).toEqual([6443, 80, 443]);
  });

  test("removes the closed-source program unless it is requested", () => {
    const names = (plan: ClusterPlan) => plan.patches.map(({ name }) => name);
    expect(names(lab())).toContain("security-binary");
    expect(names(lab({ addOns: [AddOn.KYVERNO, AddOn.SECURITY_BINARY] }))).not.toContain("security-binary");
  });

  test("derives names and addresses of a pool from the numbers of its machines", () => {
    const hosts = new HostPlan({ subnet: SUBNET.cidr, ranges: { worker: { first: 20, hosts: 20 } } });
    const shared = { prefix: "lab", hosts, flavor: "r2.c2m8", image: "Ubuntu Server 22.04" };
    const pool = (nodes: number) => NodePool.planned("worker", { ...shared, nodes });
    expect(lab({ workers: [pool(3)] }).workers.map(({ name, fixedAddress }) => [name, fixedAddress])).toEqual([
      ["lab-worker-1", "192.168.7.20"],
      ["lab-worker-2", "192.168.7.21"],
      ["lab-worker-3", "192.168.7.22"],
    ]);
    expect(pool(5).nodes.slice(0, 3)).toEqual(pool(3).nodes);
  });

  test("accepts machines of OpenStack", () => {
    const { stack, publicSubnet, flavor, image, keyPair } = readyForMachines();
    const instance = new Instance(stack, "one", {
      ...{ name: "one", flavor, image, keyPair, nics: [Nic.in(publicSubnet, { fixedAddress: "172.31.16.10" })] },
    });
    const worker = NodePool.of("general", [machine("two", 0, { fixedAddress: "172.31.16.20" })]);
    const plan = new ClusterPlan({
      subnet: publicSubnet,
      controlPlane: ControlPlane.single(instance, { publicAddress }),
      workers: [worker],
      storage: KPaasStorage.nfs({ server: machine("nfs", 0, { fixedAddress: "172.31.16.30" }) }),
      exposure: Exposure.extraNic({
        serviceAddresses: AddressRange.parse("172.31.17.0-172.31.17.9"),
        address: "172.31.16.11",
        floatingAddress: "203.0.113.11",
      }),
      addOns: [],
      at: stack,
    });
    expect(plan.installHost).toEqual({
      ...{
        name: "one",
        fixedAddress: "172.31.16.10",
        flavor: "r2.c2m8",
        image: image.imageName,
        role: "control-plane",
      },
    });
  });

  test("reports all violations at once, with their location", () => {
    const at = "environments/lab.ts: kpaas";
    const create = () => lab({ at, workers: [NodePool.of("general", [machine("lab_1", 10)])] });
    for (const rule of [KPS006, KPS008, KPS011]) expect(create).toViolate(rule, /at environments\/lab\.ts: kpaas/);
  });

  test("does not check values that are known only at apply", () => {
    const unknown = "${TfToken[TOKEN.1]}";
    expect(() =>
      withWorker({
        fixedAddress: unknown,
        name: "${TfToken[TOKEN.2]}",
        image: "${TfToken[TOKEN.3]}",
        flavor: "${TfToken[TOKEN.4]}",
      }),
    ).not.toThrow();
  });

  test("accepts distinct addresses in any subnet", () => {
    const anySubnet = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
      .map(([a, b]) => Cidr.parse(`10.${a}.${b}.0/24`));
    fc.assert(
      fc.property(
        anySubnet,
        fc.uniqueArray(fc.integer({ min: 4, max: 254 }), { minLength: 8, maxLength: 8 }),
        (cidr, hosts) => {
          const sorted = [...hosts].sort((one, other) => one - other);
          const [cp, ingress, w1, w2, w3, store, from, to] = sorted.map((host) => cidr.address(host));
          const at = (name: string, fixedAddress = "") => machine(name, 0, { fixedAddress });
          const create = () =>
            new ClusterPlan({
              subnet: { cidr, reservedAddresses: [0, 1, 2, 3, -1].map((n) => cidr.address(n)) },
              controlPlane: ControlPlane.single(at("cp", cp), { publicAddress }),
              workers: [NodePool.of("general", [at("w1", w1), at("w2", w2), at("w3", w3)])],
              storage: KPaasStorage.nfs({ server: at("store", store) }),
              exposure: Exposure.extraNic({
                serviceAddresses: AddressRange.between(from ?? "", to ?? "").within(OPENSTACK.addressPairs),
                address: ingress ?? "",
                floatingAddress: "203.0.113.11",
              }),
            });
          if (cidr.overlaps(Cidr.parse("10.233.0.0/17"))) expect(create).toViolate(KPS014);
          else expect(create).not.toThrow();
        },
      ),
    );
  });

  test("rejects every duplicate address, and every machine in the range of services", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 254 }), (host) => {
        const fixedAddress = `192.168.7.${host}`;
        const taken = [
          ...lab()
            .machines.filter(({ name }) => name !== "lab-cluster2")
            .map((one) => one.fixedAddress),
        ];
        const create = () => withWorker({ fixedAddress });
        if (taken.includes(fixedAddress)) expect(create).toViolate(KPS011);
        else if (range.contains(fixedAddress)) expect(create).toViolate(KPS013);
        else if (host === 11) expect(create).toViolate(KPS020);
        else expect(create).not.toThrow();
      }),
    );
  });
});

describe("a control plane", () => {
  test.each([0, 1, 2, 4, 6, 7])("is rejected with %p nodes", (count) => {
    const nodes = Array.from({ length: count }, (_, index) => machine(`lab-cp${index}`, 10 + index));
    expect(() => available({ nodes })).toViolate(KPS001, new RegExp(`${count} control plane nodes`));
  });

  test("is rejected with fewer etcd machines than nodes", () => {
    expect(() => available({ etcd: Etcd.external(etcds.slice(1)) })).toViolate(KPS002, /2 etcd machines for 3/);
  });

  test("is rejected with etcd on a node of the cluster", () => {
    const [, ...others] = etcds;
    expect(() => available({ etcd: Etcd.external([first, ...others]) })).toViolate(KPS002, /lab-cluster1/);
  });

  test.each(["", "api_1.example.com", "API.example.com", "-api", "192.168.7.5", `${"a.".repeat(126)}com`])(
    "is rejected behind a load balancer named %p",
    (name) => {
      expect(() => ApiBalancer.named(name, { address: "192.168.7.5" })).toViolate(KPS003);
    },
  );

  test("is rejected behind a load balancer without an address", () => {
    expect(() => ApiBalancer.at("")).toViolate(KPS003, /ApiBalancer\.at/);
    expect(() => ApiBalancer.at("api.example.com")).toViolate(KPS022);
  });

  test("is rejected behind a load balancer with the address of a node", () => {
    expect(() => available({ loadBalancer: ApiBalancer.at("192.168.7.12") })).toViolate(
      KPS003,
      /the address of control-plane "lab-cluster5"/,
    );
  });

  test("is rejected behind a name without an address", () => {
    expect(() => ApiBalancer.named("api.example.com", { at: "lab" })).toViolate(KPS004, /at lab.*etc\/hosts/);
    expect(ApiBalancer.named("10.0.0.5.nip.io").address).toBe("10.0.0.5");
  });

  test("is rejected with a name as its public address", () => {
    expect(() => ControlPlane.single(first, { publicAddress: "master.example.com" })).toViolate(KPS022, /master/);
  });
});

describe("storage", () => {
  test("on Ceph is rejected with fewer than three nodes", () => {
    const pool = NodePool.of("ceph", ceph.nodes.slice(1), { rawVolume: Size.gibibytes(100) });
    expect(() => KPaasStorage.rookCeph({ on: pool })).toViolate(KPS005, /"ceph" of 2/);
  });

  test("on Ceph is rejected without raw volumes", () => {
    expect(() => KPaasStorage.rookCeph({ on: NodePool.of("ceph", ceph.nodes) })).toViolate(KPS005, /rawVolume/);
  });

  test("on Ceph is rejected on a pool that is not in the cluster", () => {
    expect(() => lab({ storage: KPaasStorage.rookCeph({ on: ceph }) })).toViolate(
      KPS005,
      /not one of the workers' pools/,
    );
  });
});

describe("workers", () => {
  test("are rejected when there are too few for the portal, or none", () => {
    const few = [NodePool.of("general", workers.nodes.slice(1))];
    expect(() => lab({ workers: few })).toViolate(KPS006, /2 workers, and the portal/);
    expect(lab({ workers: few, addOns: [AddOn.KYVERNO] }).workers).toHaveLength(2);
    expect(() => lab({ workers: [], addOns: [] })).toViolate(KPS006, /0 workers/);
  });
});

describe("a machine", () => {
  test.each(["r2.c1m8", "m2.c4m4", "r2.c1m2"])("is rejected as small as %s", (flavor) => {
    expect(() => withWorker({ flavor })).toViolate(KPS007, /2 vCPUs and 8 GiB/);
  });

  test("may be small as an NFS server, and of a flavor of unknown size", () => {
    expect(() => lab({ storage: KPaasStorage.nfs({ server: { ...nfs, flavor: "r2.c1m2" } }) })).not.toThrow();
    expect(() => lab({ cloud: OPENSTACK, workers: [NodePool.of("general", workers.nodes)] })).not.toThrow();
  });

  test.each(["Lab-cluster2", "lab_cluster2", "-lab", "lab-", "lab.cluster2", "", "a".repeat(64)])(
    "is rejected as %p",
    (name) => {
      expect(() => withWorker({ name })).toViolate(KPS008);
    },
  );

  test("is rejected with the name of another machine", () => {
    expect(() => withWorker({ name: "lab-nfs" })).toViolate(KPS009, /nfs "lab-nfs", the name of a worker/);
  });

  test.each(["192.168.8.20", "10.0.0.20"])("is rejected outside of the subnet (%s)", (fixedAddress) => {
    expect(() => withWorker({ fixedAddress })).toViolate(KPS010, /use an address of 192\.168\.7\.0\/24/);
  });

  test.each([0, 1, 2, 3, 255])("is rejected on an address that the cloud reserves (.%p)", (host) => {
    expect(() => withWorker({ fixedAddress: `192.168.7.${host}` })).toViolate(KPS010, /the cloud reserves/);
  });

  test("is rejected with the address of another machine", () => {
    expect(() => withWorker({ fixedAddress: "192.168.7.10" })).toViolate(KPS011, /control-plane "lab-cluster1"/);
  });

  test.each(["999.1.1.1", "192.168.7", "192.168.7.020", "worker", ""])("is rejected at %p", (fixedAddress) => {
    expect(() => withWorker({ fixedAddress })).toViolate(KPS022);
  });

  test.each(["Ubuntu Server 24.04 LTS", "Rocky Linux 9", "Ubuntu 22.045", "Build 122.04"])(
    "is rejected from %s",
    (image) => {
      expect(() => withWorker({ image })).toViolate(KPS019, /Ubuntu Server 22\.04/);
    },
  );
});

describe("addresses of services", () => {
  test("are rejected outside of the cluster's subnet", () => {
    expect(() => exposed("192.168.8.150-192.168.8.160")).toViolate(KPS012, /within 192\.168\.7\.0\/24/);
    expect(() => exposed("192.168.7.250-192.168.8.5")).toViolate(KPS012);
  });

  test.each([
    ["192.168.7.20-192.168.7.25", /192\.168\.7\.20 of worker "lab-cluster2"/],
    ["192.168.7.29-192.168.7.31", /192\.168\.7\.30 of nfs/],
    ["192.168.7.1-192.168.7.1", /192\.168\.7\.1 of the cloud/],
    ["192.168.7.11-192.168.7.12", /192\.168\.7\.11 of the ingress/],
    ["192.168.7.250-192.168.7.255", /192\.168\.7\.255 of the cloud/],
  ])("are rejected with an address in use (%s)", (text, message) => {
    expect(() => exposed(text)).toViolate(KPS013, message);
  });

  test("are rejected among the automatic addresses of the cloud", () => {
    const automaticAddresses = Cidr.parse("192.168.7.128/25");
    expect(() => lab({ subnet: { ...SUBNET, automaticAddresses } })).toViolate(KPS026, /192\.168\.7\.128\/25/);
    expect(() => lab({ subnet: { ...SUBNET, automaticAddresses: Cidr.parse("192.168.7.192/26") } })).not.toThrow();
  });

  test("are rejected if their blocks are more than a port accepts address pairs", () => {
    const widest = exposed("192.168.7.34-192.168.7.189").exposure;
    expect(widest.serviceAddresses?.blocks).toHaveLength(10);
    const wider = "192.168.7.33-192.168.7.190";
    expect(() => exposed(wider)).toViolate(
      KPS027,
      /of 12 blocks, a port of NHN Cloud accepts 10 address pairs; use 192\.168\.7\.34-192\.168\.7\.189/,
    );
    const cloud = { ...OPENSTACK, addressPairs: 12 };
    const exposure = Exposure.loadBalancer({ serviceAddresses: AddressRange.parse(wider), address: "203.0.113.20" });
    expect(() => lab({ cloud, exposure })).not.toThrow();
  });

  test("are rejected with the address of the API's load balancer", () => {
    expect(() => available({ loadBalancer: ApiBalancer.at("192.168.7.155") })).toViolate(KPS013, /load balancer/);
  });
});

describe("the ingress", () => {
  test("is rejected at a machine's address", () => {
    expect(() => exposed(range.toString(), { address: "192.168.7.10" })).toViolate(
      KPS020,
      /the address of control-plane "lab-cluster1"/,
    );
  });

  test("is rejected outside of its subnet, and on an address that the cloud reserves", () => {
    expect(() => exposed(range.toString(), { address: "192.168.8.11" })).toViolate(KPS020, /outside of/);
    expect(() => exposed(range.toString(), { address: "192.168.7.1" })).toViolate(KPS020, /the cloud reserves/);
  });

  test("may be in a separate subnet", () => {
    const subnet = Cidr.parse("172.31.16.0/20");
    expect(exposed(range.toString(), { address: "172.31.16.11", subnet }).inventory.valueOf("INGRESS_NGINX_IP")).toBe(
      "172.31.16.11",
    );
  });

  test("is rejected at an invalid address", () => {
    expect(() => exposed(range.toString(), { address: "ingress" })).toViolate(KPS022, /ingress address/);
    expect(() => exposed(range.toString(), { floatingAddress: "1.2.3" })).toViolate(KPS022);
    expect(() => Exposure.loadBalancer({ serviceAddresses: range, address: "lb.example.com" })).toViolate(KPS022);
  });
});

describe("the installer's own block", () => {
  test("is rejected as the cluster's subnet, even in part", () => {
    const subnet = (text: string) => ({ cidr: Cidr.parse(text), reservedAddresses: [] });
    for (const text of ["10.233.0.0/24", "10.233.127.0/24", "10.0.0.0/8"])
      expect(() => lab({ subnet: subnet(text) })).toViolate(KPS014, /10\.233\.0\.0\/17/);
    expect(() => lab({ subnet: subnet("10.233.128.0/24") })).not.toViolate(KPS014);
  });

  test("is rejected for a load balancer and for the subnet of the ingress", () => {
    expect(() => available({ loadBalancer: ApiBalancer.at("10.233.1.5") })).toViolate(KPS014);
    const subnet = Cidr.parse("10.233.64.0/24");
    expect(() => exposed(range.toString(), { address: "10.233.64.11", subnet })).toViolate(
      KPS014,
      /subnet of the ingress/,
    );
  });
});

describe("NHN Cloud's controller", () => {
  test("is rejected without Kyverno", () => {
    expect(() => lab({ exposure: controller, addOns: [AddOn.PORTAL] })).toViolate(KPS015, /add AddOn\.KYVERNO/);
  });

  test("is rejected outside of KR1", () => {
    expect(() => Exposure.nhnController({ ...nhnAccess, region: Region.KR2 })).toViolate(KPS016, /KR2/);
  });

  test.each(["o'brien", "a b", "a/b", "a&b", "a\\b", 'a"b', "", "a\nb", "$(id)"])(
    "is rejected for user %p, which shell or sed would change",
    (username) => {
      expect(() => Exposure.nhnController({ ...nhnAccess, username })).toViolate(KPS017, /user of NHN Cloud/);
    },
  );

  test("is rejected for a tenant and a subnet with other characters, and accepts values that are known only at apply", () => {
    expect(() => Exposure.nhnController({ ...nhnAccess, tenantId: "a;b" })).toViolate(KPS017, /tenant/);
    expect(() => Exposure.nhnController({ ...nhnAccess, subnetId: "a;b" })).toViolate(KPS017, /subnet/);
    expect(() => Exposure.nhnController({ ...nhnAccess, subnetId: "${TfToken[TOKEN.5]}" })).not.toThrow();
  });

  test("is rejected with the name that makes the installer set up several clusters", () => {
    expect(() => Exposure.nhnController({ ...nhnAccess, username: "ISTIO_GATEWAY_PRIVATE_IP" })).toViolate(KPS018);
  });

  test.each(["nhn-password", "/etc/kpaas/nhn password", "/etc/kpaas/$(id)", "/etc/nhn-password", "/etc/kpaas/"])(
    "is rejected with %p",
    (passwordFile) => {
      expect(() => Exposure.nhnController({ ...nhnAccess, passwordFile })).toViolate(KPS023);
    },
  );
});
