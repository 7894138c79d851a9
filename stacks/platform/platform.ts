import { ClusterBoot } from "@groundwork/constructs/kpaas/boot/cluster-boot";
import type { PortalProps } from "@groundwork/constructs/kpaas/portal/portal";
import { ClusterPlan } from "@groundwork/constructs/kpaas/plan/cluster-plan";
import { KPaasCluster } from "@groundwork/constructs/kpaas/cluster/kpaas-cluster";
import { KPaasStorage } from "@groundwork/constructs/kpaas/plan/kpaas-storage";
import { NodePool } from "@groundwork/constructs/kpaas/plan/node-pool";
import { BastionHost } from "@groundwork/constructs/openstack/administration/bastion-host";
import { Flavor } from "@groundwork/constructs/openstack/compute/flavor";
import { Image } from "@groundwork/constructs/openstack/compute/image";
import { KeyPair } from "@groundwork/constructs/openstack/compute/key-pair";
import type { TerraformStack } from "cdktf";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { PlatformSettings } from "../environments/decoders/platform";
import { defined } from "@groundwork/constructs/core/defined";
import { balancedEdge } from "./balanced-edge";
import type { Edge } from "./edge";
import type { Ground } from "./ground";
import type { PlatformMachines } from "./machines";
import { hostsOf, platformMachines } from "./machines";
import { singleEdge } from "./single-edge";

export interface PlatformProps {
  readonly settings: PlatformSettings;
  readonly ground: Ground;
  /** What names of machines begin with. */
  readonly prefix: string;
  /** As the portal knows it. */
  readonly cloud: PortalProps["cloud"];
}

/** K-PaaS, from its machines to the portal: what the machines are is planned first, and what each does at its first boot. */
export class Platform extends Construct {
  readonly plan: ClusterPlan;
  readonly cluster: KPaasCluster;
  private readonly image: Image;
  private readonly keyPair: KeyPair;

  constructor(stack: TerraformStack, props: PlatformProps) {
    super(stack, "Platform");
    const { settings, ground, prefix } = props;
    const machines = platformMachines(prefix, settings, hostsOf(ground.privateSubnet.cidr, this));
    this.image = new Image(this, "Image", { name: settings.image, cloud: ground.privateSubnet.cloud });
    this.keyPair = new KeyPair(this, "KeyPair", settings.keyPair);

    const edge = this.makeEdge(props, machines);
    this.plan = this.makePlan(props, machines, edge);
    this.cluster = this.makeCluster(props, edge);

    new TerraformOutput(stack, "bastion", { value: edge.bastionAddress });
    new TerraformOutput(stack, "installHost", { value: machines.first.fixedAddress });
    new TerraformOutput(stack, "domain", { value: this.plan.hostDomain });
  }

  private makeEdge({ settings, ground, prefix }: PlatformProps, machines: PlatformMachines): Edge {
    const { controlPlane, serviceAddresses } = settings;
    const props = { ground, machines, serviceAddresses };
    return controlPlane.type === "single"
      ? singleEdge(this, controlPlane, props)
      : balancedEdge(this, controlPlane, this.makeBastion(controlPlane.bastionFlavor, ground, settings, prefix), props);
  }

  /** Answers its address. */
  private makeBastion(flavor: string, ground: Ground, { zone }: PlatformSettings, prefix: string): string {
    const { publicSubnet, external, bastion } = ground;
    const host = new BastionHost(this, "BastionHost", {
      ...{ subnet: publicSubnet, external, securityGroup: bastion, image: this.image, keyPair: this.keyPair },
      name: `${prefix}-bastion1`,
      fixedAddress: hostsOf(publicSubnet.cidr, this).address("bastion", 1),
      flavor: new Flavor(this, "BastionFlavor", { name: flavor, cloud: publicSubnet.cloud }),
      ...defined({ zone }),
    });
    return host.floatingAddress;
  }

  private makePlan(
    { ground: { privateSubnet } }: PlatformProps,
    { workers, nfs }: PlatformMachines,
    { controlPlane, exposure }: Edge,
  ): ClusterPlan {
    return new ClusterPlan({
      ...{ subnet: privateSubnet, cloud: privateSubnet.cloud, controlPlane, exposure },
      workers: [NodePool.of("worker", workers)],
      storage: KPaasStorage.nfs({ server: nfs }),
      at: this,
    });
  }

  private makeCluster({ settings, ground, cloud }: PlatformProps, edge: Edge): KPaasCluster {
    const { ingress, clients } = edge;
    const { sessions, rootDisk, nfsDisk, zone, controlPlane, pipeline } = settings;
    const workload = controlPlane.type === "single" ? controlPlane.sampleWorkload : undefined;
    const { plan } = this;
    const boot = ClusterBoot.of(plan, {
      portal: { cloud, sessions },
      ...defined({ workload, pipeline: pipeline ? {} : undefined }),
    });
    return new KPaasCluster(this, "Cluster", {
      ...{ plan, subnet: ground.privateSubnet, image: this.image, keyPair: this.keyPair, clients },
      administrators: [ground.bastion],
      rootDisks: { "control-plane": rootDisk, worker: rootDisk, nfs: nfsDisk },
      boot: (machine) => boot.of(machine),
      dependsOn: edge.balance(plan),
      ...defined({ zone, ingress }),
    });
  }
}
