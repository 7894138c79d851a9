import { AssignPrivateIpAddressesCommand, UnassignPrivateIpAddressesCommand } from "@aws-sdk/client-ec2";
import type { KubernetesApi } from "../api";
import type { AwsAccount } from "./aws-account";
import type { Controller } from "./controller";
import type { InstanceNode, Instances } from "./instance-nodes";
import { livePods } from "./pods";

/** The network plugin: the address of each pod belongs to the network interface of its node, by which load balancers find it. */
export class PodAddresses implements Controller {
  readonly name = "addresses of pods";
  readonly everyMs = 1_000;
  /** Addresses by network interface. */
  private readonly assigned = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly api: KubernetesApi,
    private readonly aws: AwsAccount,
    private readonly instances: Instances,
  ) {}

  async reconcile(): Promise<void> {
    const instances = await this.instances.list();
    if (instances.length === 0) return;
    const pods = await livePods(this.api);
    for (const instance of instances) {
      const own = pods.filter(({ node, onHostNetwork }) => node === instance.name && !onHostNetwork);
      const expected = new Set(own.flatMap(({ address }) => (address === undefined ? [] : [address])));
      await this.assign(instance, expected);
    }
  }

  private async assign({ networkInterface, group }: InstanceNode, expected: ReadonlySet<string>): Promise<void> {
    const before = this.assigned.get(networkInterface) ?? new Set<string>();
    const added = [...expected].filter((address) => !before.has(address));
    const removed = [...before].filter((address) => !expected.has(address));
    const { ec2 } = this.aws.region(group.region);
    const of = (PrivateIpAddresses: string[]) => ({ NetworkInterfaceId: networkInterface, PrivateIpAddresses });
    if (added.length > 0) await ec2.send(new AssignPrivateIpAddressesCommand(of(added)));
    if (removed.length > 0) await ec2.send(new UnassignPrivateIpAddressesCommand(of(removed)));
    this.assigned.set(networkInterface, expected);
  }
}
