import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { KUB032, KUB033 } from "./rules";
import { isWhole } from "../whole-number";
import type { CsiDriver } from "./csi-driver";

/** How many nodes mount a volume: one, one pod only, or many. */
export type AccessMode = "ReadWriteOnce" | "ReadWriteOncePod" | "ReadOnlyMany" | "ReadWriteMany";

/** Volumes on Amazon EBS. */
export interface EbsVolumes {
  /** Driver that provisions them: `CsiDriver.addon(...)` with `Addon.EBS_CSI_DRIVER`, or `CsiDriver.existing()`. */
  readonly driver: CsiDriver;
  /** Operations per second. @default - 3000, included in the price */
  readonly iops?: number;
  /** Throughput in MiB per second. @default - 125, included in the price */
  readonly throughput?: number;
  /** ARN of the key that encrypts them. @default - the key of AWS for EBS */
  readonly encryptionKeyArn?: string;
  /** Zones in which volumes are created, such as `ap-northeast-2a`. @default - the zone of the first pod that mounts the volume */
  readonly zones?: readonly string[];
}

/** Volumes that are directories of an Amazon EFS file system, each with an access point. */
export interface EfsVolumes {
  /** Driver that provisions them: `CsiDriver.addon(...)` with `Addon.EFS_CSI_DRIVER`, or `CsiDriver.existing()`. */
  readonly driver: CsiDriver;
  /** File system, such as a `FileSystem`: its directories become the volumes. */
  readonly fileSystem: { readonly fileSystemId: string };
  /** Directory that contains them. @default "/volumes" */
  readonly directory?: string;
  /** User and group of all files, also for pods with another user. @default - one that the driver assigns to each volume */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Volumes that are directories of an NFS server. */
export interface NfsVolumes {
  /**
   * Name under which nfs-subdir-external-provisioner runs in the cluster.
   * @default - the name that its chart derives from a release nfs-subdir-external-provisioner
   */
  readonly provisioner?: string;
  /** Whether the files of a deleted volume are kept in a directory `archived-...`. @default false */
  readonly archive?: boolean;
}

/** The arguments of a storage class that depend on the type of its volumes. */
interface Settings {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mountOptions?: readonly string[];
  readonly zones?: readonly string[];
  readonly addonName?: string;
  readonly driver?: CsiDriver;
  readonly numbers?: Readonly<Record<string, readonly [number | undefined, number, number]>>;
}

/** Limits of gp3. Source: "General Purpose SSD volumes" in the Amazon EBS user guide. */
const [IOPS, THROUGHPUT] = [
  [3_000, 80_000],
  [125, 2_000],
] as const;

/**
 * Defines what the volumes of a storage class are.
 *
 * @example
 * VolumeType.ebsGp3({ driver: CsiDriver.addon(ebsCsi) });
 * VolumeType.efs({ driver: CsiDriver.addon(efsCsi), fileSystem: shared });
 * VolumeType.nfs()
 */
export class VolumeType {
  /** Encrypted gp3 volumes of Amazon EBS: one node at a time, in one zone. */
  static ebsGp3({ driver, iops, throughput, encryptionKeyArn, zones }: EbsVolumes): VolumeType {
    return new VolumeType("EBS", {
      provisioner: "ebs.csi.aws.com",
      parameters: {
        type: "gp3",
        encrypted: "true",
        ...defined({ iops: iops?.toString(), throughput: throughput?.toString(), kmsKeyId: encryptionKeyArn }),
      },
      addonName: "aws-ebs-csi-driver",
      driver,
      numbers: { iops: [iops, ...IOPS], throughput: [throughput, ...THROUGHPUT] },
      ...defined({ zones }),
    });
  }

  /** Directories of an Amazon EFS file system, encrypted in transit, mounted with the role of the driver: any number of nodes, in all zones. */
  static efs({ driver, fileSystem, directory = "/volumes", user }: EfsVolumes): VolumeType {
    return new VolumeType("EFS", {
      provisioner: "efs.csi.aws.com",
      parameters: {
        provisioningMode: "efs-ap",
        fileSystemId: fileSystem.fileSystemId,
        directoryPerms: "700",
        basePath: directory,
        ...defined({ uid: user?.uid.toString(), gid: user?.gid.toString() }),
      },
      // The policy of a `FileSystem` admits only roles, over TLS.
      mountOptions: ["tls", "iam"],
      addonName: "aws-efs-csi-driver",
      driver,
      numbers: { uid: [user?.uid, 0, 4_294_967_295], gid: [user?.gid, 0, 4_294_967_295] },
    });
  }

  /** Directories of an NFS server, as on K-PaaS: any number of nodes. */
  static nfs({
    provisioner = "cluster.local/nfs-subdir-external-provisioner",
    archive = false,
  }: NfsVolumes = {}): VolumeType {
    return new VolumeType("NFS", { provisioner, parameters: { archiveOnDelete: `${archive}` } });
  }

  private constructor(
    /** Service that stores the volumes. */
    readonly service: "EBS" | "EFS" | "NFS",
    private readonly settings: Settings,
  ) {}

  /** Whether several nodes can mount a volume. */
  get isShared(): boolean {
    return this.service !== "EBS";
  }

  /** The driver; undefined for a provisioner that needs no check. */
  get driver(): CsiDriver | undefined {
    return this.settings.driver;
  }

  /** Zones in which volumes are created; undefined without a restriction. */
  get zones(): readonly string[] | undefined {
    return this.settings.zones;
  }

  /** Violations of the driver and the numbers. */
  violations(at: Location): Violation[] {
    return [...this.driverViolations(at), ...this.numberViolations(at)];
  }

  /**
   * Arguments of a storage class in the Terraform provider.
   * @internal
   */
  render() {
    const { provisioner, parameters, mountOptions, zones } = this.settings;
    return {
      storageProvisioner: provisioner,
      parameters: { ...parameters },
      // A volume on EBS is created in the zone of its pod; a shared one needs no pod.
      volumeBindingMode: this.isShared ? "Immediate" : "WaitForFirstConsumer",
      allowVolumeExpansion: !this.isShared,
      ...defined({
        mountOptions: mountOptions && [...mountOptions],
        allowedTopologies: zones && {
          matchLabelExpressions: [{ key: "topology.kubernetes.io/zone", values: [...zones] }],
        },
      }),
    };
  }

  private driverViolations(at: Location): Violation[] {
    const { addonName, driver } = this.settings;
    if (addonName === undefined) return [];
    const fix = `set driver: CsiDriver.addon(...) of a ManagedAddon ${addonName} with an identity, or CsiDriver.existing()`;
    // JavaScript can omit a required property.
    if (driver === undefined)
      return [KUB032.violation({ at, given: `${this.service} volumes without a CSI driver`, fix })];
    const addon = driver.addonOfApp;
    if (addon === undefined || isToken(addon.addonName)) return [];
    if (addon.addonName !== addonName)
      return [KUB032.violation({ at, given: `${this.service} volumes with add-on ${addon.addonName}`, fix })];
    return addon.identity === undefined
      ? [KUB032.violation({ at, given: `add-on ${addonName} without a role of its own`, fix })]
      : [];
  }

  private numberViolations(at: Location): Violation[] {
    return Object.entries(this.settings.numbers ?? {}).flatMap(([name, [value, min, max]]) =>
      value === undefined || isWhole(value, min, max)
        ? []
        : [KUB033.violation({ at, given: `${name} ${value}`, fix: `use a whole number from ${min} to ${max}` })],
    );
  }
}
