import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { CloudInit } from "../../../boot/cloud-init";
import { defined } from "../../../core/defined";
import { Duration } from "../../../core/duration";
import { Name } from "../../../core/name";
import { Port } from "../../../core/port";
import { checkedTags, type Tags } from "../../../core/tags";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import type { IGrantee } from "../../iam/grantee";
import { PolicyDocument } from "../../iam/policy-document";
import { PolicyKind } from "../../iam/policy-kind";
import { Principal } from "../../iam/principal";
import { Statement } from "../../iam/statement";
import type { INetwork } from "../../network/network";
import type { Connections, IConnectable } from "../../network/security/connections";
import { SecurityGroup } from "../../network/security/security-group";
import type { ISubnet } from "../../network/subnet";
import type { Tier } from "../../network/tier";
import { STO011 } from "../rules";
import { AccessPoint, type AccessPointProps } from "./access-point";
import { FileLifecycle } from "./file-lifecycle";
import { FileSystemGrants } from "./file-system-grants";
import { withFileSystem } from "./file-system-mount";

/** A shared file system, created here or existing. */
export interface IFileSystem extends IConstruct, IConnectable {
  /** Id of the file system. */
  readonly fileSystemId: string;
  /** ARN of the file system. */
  readonly fileSystemArn: string;
  /** Permissions for clients. */
  readonly grants: FileSystemGrants;
  /** Mount targets, for `dependsOn` of clients. */
  readonly mountTargets: readonly ITerraformDependable[];
}

/** Attributes of an existing file system. */
export interface FileSystemAttributes {
  /** Id of the file system. */
  readonly fileSystemId: string;
  /** ARN of the file system. */
  readonly fileSystemArn: string;
  /** Security group of its mount targets. */
  readonly securityGroupId: string;
}

/** Properties of {@link FileSystem}. */
export interface FileSystemProps {
  /** Network of the clients. */
  readonly network: INetwork;
  /**
   * Network tier of the mount targets, one in each of its zones.
   * @default "private"
   */
  readonly tier?: Tier | string;
  /**
   * Key that encrypts the files; changing it replaces the file system.
   * @default - the key of AWS for EFS
   */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * When unread files move to cheaper storage.
   * @default - Infrequent Access after 30 days, and back with the first access
   */
  readonly lifecycle?: FileLifecycle;
  /**
   * Whether AWS Backup makes a backup every day and keeps it for 35 days.
   * @default true
   */
  readonly dailyBackups?: boolean;
  /**
   * Whether a destroy deletes the file system with all files; otherwise the plan fails.
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Tags, in addition to `Name`.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Port of NFS. */
const NFS = Port.tcp(2049);

/**
 * Defines a file system that many machines and pods mount at the same time (Amazon EFS).
 *
 * Creates the encrypted file system with elastic throughput, its policy, which requires TLS and a role, a security group, one mount target in
 * each zone, and daily backups. Clients need a grant and a rule for port 2049.
 *
 * Cost: $0.30 per GiB and month in standard storage, $0.016 in Infrequent Access, and $0.03 to $0.06 per GiB read or written (us-east-1).
 *
 * Errors: STO008 to STO011, TAG001.
 *
 * @example
 * const shared = new FileSystem(this, "Shared", { network });
 * const boot = shared.mountIn(CloudInit.amazonLinux(), "/srv/shared");
 * const machine = new Instance(this, "Web", { network, subnet, instanceType: "t4g.small", boot, dependsOn: shared.mountTargets });
 * shared.allowFrom(machine);
 */
export class FileSystem extends Construct implements IFileSystem {
  /** An existing file system. */
  static fromAttributes(scope: Construct, id: string, attributes: FileSystemAttributes): IFileSystem {
    class Import extends Construct implements IFileSystem {
      readonly fileSystemId = attributes.fileSystemId;
      readonly fileSystemArn = attributes.fileSystemArn;
      readonly grants = new FileSystemGrants(attributes.fileSystemArn);
      readonly connections = SecurityGroup.fromId(this, "SecurityGroup", attributes.securityGroupId).connections;
      readonly mountTargets = [];
    }
    return new Import(scope, id);
  }

  /** Id of the file system. */
  readonly fileSystemId: string;
  /** ARN of the file system. */
  readonly fileSystemArn: string;
  /** Permissions for clients. */
  readonly grants: FileSystemGrants;
  /** Connections of its security group. */
  readonly connections: Connections;
  /** Mount targets, for `dependsOn` of clients. */
  readonly mountTargets: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const subnets = this.checkedSubnets(props);
    const resource = this.createFileSystem(props);
    this.node.defaultChild = resource;
    this.fileSystemId = resource.id;
    this.fileSystemArn = resource.arn;
    this.grants = new FileSystemGrants(resource.arn);
    const policy = this.createPolicy(resource);
    if (props.dailyBackups !== false)
      new EfsBackupPolicy(this, "Backups", {
        fileSystemId: resource.id,
        backupPolicy: { status: "ENABLED" },
        dependsOn: [policy],
      });
    const group = new SecurityGroup(this, "SecurityGroup", { network: props.network, description: "file system" });
    this.connections = group.connections;
    this.mountTargets = subnets.map(
      ({ subnetId, zone }) =>
        new EfsMountTarget(this, `mount-${zone}`, {
          fileSystemId: resource.id,
          subnetId,
          securityGroups: [group.securityGroupId],
        }),
    );
  }

  /**
   * Allows a client to connect to the mount targets. Its role may write through an access point, or else administer the whole file
   * system.
   */
  allowFrom(client: IConnectable & IGrantee, accessPoint?: AccessPoint): void {
    this.connections.allowFrom(client, NFS, "NFS");
    if (accessPoint === undefined) this.grants.administer(client);
    else this.grants.write(client, accessPoint);
  }

  /** Adds a directory with its own user, to which a client can be restricted. */
  addAccessPoint(id: string, props: AccessPointProps): AccessPoint {
    return new AccessPoint(this, id, { ...props, fileSystemId: this.fileSystemId });
  }

  /** A first boot of Amazon Linux that mounts the file system before its other steps. */
  mountIn(boot: CloudInit, path: string, accessPoint?: AccessPoint): CloudInit {
    const name = Name.of(accessPoint ?? this).prefix(MOUNT_NAME);
    return withFileSystem(boot, { name, fileSystemId: this.fileSystemId, path, accessPoint });
  }

  private checkedSubnets({ network, tier = "private" }: FileSystemProps): readonly ISubnet[] {
    const subnets = network.subnetsOf(tier);
    const zones = subnets.map(({ zone }) => zone);
    const repeated = zones.find((zone, index) => zones.indexOf(zone) !== index);
    if (subnets.length > 0 && repeated === undefined) return subnets;
    throw STO011.violation({
      at: this,
      given: repeated === undefined ? "a tier without subnets" : `two subnets in zone ${repeated}`,
      fix: "use a tier with one subnet in each zone",
    });
  }

  private createFileSystem(props: FileSystemProps): EfsFileSystem {
    const { lifecycle = FileLifecycle.infrequentAfter(Duration.days(30)), encryptionKey, forceDestroy } = props;
    return new EfsFileSystem(this, "Resource", {
      creationToken: Name.of(this).fit(CREATION_TOKEN),
      encrypted: true,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      ...defined({
        kmsKeyId: encryptionKey?.keyArn,
        lifecyclePolicy: lifecycle.policies.length === 0 ? undefined : [...lifecycle.policies],
        lifecycle: forceDestroy === true ? undefined : { preventDestroy: true },
      }),
      tags: { ...checkedTags(props.tags ?? {}, this, 1), Name: Name.of(this).tag() },
    });
  }

  /** With a policy, clients need a permission: a role with a grant. Without TLS, clients have no access. */
  private createPolicy(resource: EfsFileSystem): EfsFileSystemPolicy {
    const document = PolicyDocument.of(
      Statement.deny({
        sid: "TlsOnly",
        actions: ["*"],
        resources: [resource.arn],
        principals: [Principal.anyone()],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
    return new EfsFileSystemPolicy(this, "Policy", {
      fileSystemId: resource.id,
      policy: Lazy.stringValue({ produce: () => document.toJson(PolicyKind.FILE_SYSTEM, this) }),
    });
  }
}

/** Source: CreateFileSystem in the EFS API reference. */
const CREATION_TOKEN = { service: "EFS creation token", maxLength: 64, pattern: /^[\w-]+$/ };

/** Name of a mount: a part of a file name and of the name of a step. */
const MOUNT_NAME = { service: "mount", maxLength: 28, pattern: /^[a-z0-9-]+$/ };
