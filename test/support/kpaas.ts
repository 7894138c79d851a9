import { Cidr } from "@groundwork/constructs/core/cidr";
import { Size } from "@groundwork/constructs/core/size";
import { AddOn } from "@groundwork/constructs/kpaas/plan/release/add-on";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import { ClusterPlan, type ClusterPlanProps } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import { ControlPlane } from "@groundwork/constructs/kpaas/plan/control-plane";
import { Etcd } from "@groundwork/constructs/kpaas/plan/etcd";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { KPaasStorage } from "@groundwork/constructs/kpaas/plan/kpaas-storage";
import type { KPaasNode } from "@groundwork/constructs/kpaas/plan/node";
import { NodePool } from "@groundwork/constructs/kpaas/plan/node-pool";
import { NHN_CLOUD } from "@groundwork/constructs/nhn/cloud";
import { reservedAddresses } from "@groundwork/constructs/nhn/limits";
import { Region } from "@groundwork/constructs/nhn/region";

const cidr = Cidr.parse("192.168.7.0/24");

/** Subnet of the lab's cluster. */
export const SUBNET = { cidr, reservedAddresses: reservedAddresses(cidr) };

/** A machine of the lab: `r2.c2m8`, Ubuntu 22.04. */
export function machine(name: string, host: number, changes: Partial<KPaasNode> = {}): KPaasNode {
  return {
    name,
    fixedAddress: `192.168.7.${host}`,
    flavor: "r2.c2m8",
    image: "Ubuntu Server 22.04 LTS",
    ...changes,
  };
}

export const first = machine("lab-cluster1", 10);
export const publicAddress = "203.0.113.10";
export const workers = NodePool.of(
  "general",
  [2, 3, 4].map((n) => machine(`lab-cluster${n}`, 18 + n)),
);
export const range = AddressRange.parse("192.168.7.150-192.168.7.160");
export const nfs = machine("lab-nfs", 30);
export const balancer = ApiBalancer.at("192.168.7.5");

/** The lab: one control plane node, three workers, NFS, the ingress on a second interface (B3). */
export const LAB: ClusterPlanProps = {
  subnet: SUBNET,
  controlPlane: ControlPlane.single(first, { publicAddress }),
  workers: [workers],
  storage: KPaasStorage.nfs({ server: nfs }),
  exposure: Exposure.extraNic({
    serviceAddresses: range,
    address: "192.168.7.11",
    floatingAddress: "203.0.113.11",
  }),
  cloud: NHN_CLOUD,
};

/** The lab's plan with changed properties. */
export function lab(changes: Partial<ClusterPlanProps> = {}): ClusterPlan {
  return new ClusterPlan({ ...LAB, ...changes });
}

export const masters = [first, machine("lab-cluster5", 12), machine("lab-cluster6", 13)];
export const etcds = [1, 2, 3].map((n) => machine(`lab-etcd${n}`, 13 + n));
export const ceph = NodePool.of(
  "ceph",
  [1, 2, 3].map((n) => machine(`lab-ceph${n}`, 39 + n)),
  {
    rawVolume: Size.gibibytes(100),
  },
);

const balanced = Exposure.loadBalancer({ serviceAddresses: range, address: "203.0.113.20" });

/** Configuration of NHN Cloud's controller. */
export const nhnAccess = {
  region: Region.KR1,
  subnetId: "7f2c9b1a-0000-4000-8000-000000000000",
  tenantId: "0123456789abcdef0123456789abcdef",
  username: "operator@example.com",
};

export const controller = Exposure.nhnController(nhnAccess);

/** Every kind of cluster that the installer supports, by the name of its golden file. */
export const KINDS: Readonly<Record<string, () => ClusterPlan>> = {
  "single-nfs": () => lab(),
  "ha-stacked": () =>
    lab({
      controlPlane: ControlPlane.highlyAvailable({
        nodes: masters,
        publicAddress,
        etcd: Etcd.stacked(),
        loadBalancer: balancer,
      }),
      exposure: balanced,
    }),
  "ha-external": () =>
    lab({
      controlPlane: ControlPlane.highlyAvailable({
        nodes: masters,
        publicAddress,
        etcd: Etcd.external(etcds),
        loadBalancer: ApiBalancer.named("api.lab.example.com", { address: "192.168.7.5" }),
      }),
      exposure: balanced,
    }),
  "rook-ceph": () => lab({ workers: [workers, ceph], storage: KPaasStorage.rookCeph({ on: ceph }), addOns: [] }),
  nhn: () => lab({ exposure: controller, addOns: [AddOn.KYVERNO] }),
};
