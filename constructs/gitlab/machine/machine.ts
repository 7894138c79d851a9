import { Construct } from "constructs";
import { Disk } from "../../aws/compute/disk";
import { Image } from "../../aws/compute/image";
import { Instance } from "../../aws/compute/instance";
import { architectureOf, isInstanceType } from "../../aws/compute/instance-type";
import { PublicAddress } from "../../aws/compute/public-address";
import { grantSessionManager } from "../../aws/compute/session-manager";
import type { IEncryptionKey } from "../../aws/encryption/encryption-key";
import type { IRole } from "../../aws/iam/role";
import type { INetwork } from "../../aws/network/network";
import type { SecurityGroup } from "../../aws/network/security/security-group";
import type { ISubnet } from "../../aws/network/subnet";
import type { CloudInit } from "../../boot/cloud-init";
import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import { isToken } from "../../core/token";
import { GLB017 } from "../rules";
import { FirstBootReport } from "./first-boot-report";

export interface MachineProps {
  readonly instanceType: string;
  readonly network: INetwork;
  readonly subnet: ISubnet;
  readonly group: SecurityGroup;
  /** Role of the machine. All permissions granted before are created before the machine. */
  readonly role: IRole;
  readonly boot: CloudInit;
  readonly rootVolume: Size;
  /** Whether it has a public address. */
  readonly publicAddress: boolean;
  readonly image: string | undefined;
  readonly encryptionKey: IEncryptionKey | undefined;
}

/**
 * An instance with Ubuntu 24.04 that reports its first boot. Created by `GitLabServer` and `GitLabRunner`.
 *
 * An SSM parameter contains the status of its first boot.
 */
export class Machine extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    const { instanceType, network, subnet, role, group, encryptionKey } = props;
    this.checkInstanceType(instanceType);
    // Added here and not by the instance, so that the order of the statements in existing policies does not change.
    grantSessionManager(role);
    const report = new FirstBootReport(this, "FirstBoot", { writer: role });
    const instance = new Instance(this, "Default", {
      network,
      subnet,
      instanceType,
      role,
      sessionManager: false,
      securityGroups: [group],
      image: this.image(props),
      boot: props.boot.with(...report.boot),
      rootDisk: Disk.gp3({ size: props.rootVolume, ...defined({ encryptionKey }) }),
      publicAddress: props.publicAddress ? PublicAddress.dynamic() : PublicAddress.none(),
      detailedMonitoring: true,
    });
    this.node.defaultChild = instance.node.defaultChild;
    this.instanceId = instance.instanceId;
    this.privateIp = instance.privateIp;
  }

  private checkInstanceType(type: string): void {
    if (isToken(type) || isInstanceType(type)) return;
    throw GLB017.violation({ at: this, given: `instance type "${type}"`, fix: "use for example t3.medium" });
  }

  /** The given image, which is expected to be built for the instance type, or Ubuntu. */
  private image({ image, instanceType }: MachineProps): Image {
    if (image === undefined) return Image.ubuntu("24.04");
    return Image.ami(image, { architecture: architectureOf(instanceType), system: "ubuntu" });
  }
}
