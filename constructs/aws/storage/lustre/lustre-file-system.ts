import { FsxDataRepositoryAssociation } from "@cdktf/provider-aws/lib/fsx-data-repository-association";
import { FsxLustreFileSystem } from "@cdktf/provider-aws/lib/fsx-lustre-file-system";
import { Construct } from "constructs";
import type { CloudInit } from "../../../boot/cloud-init";
import { defined } from "../../../core/defined";
import { Name } from "../../../core/name";
import { Port } from "../../../core/port";
import type { Size } from "../../../core/size";
import { checkedTags, type Tags } from "../../../core/tags";
import { Violations } from "../../../core/violation";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import type { INetwork } from "../../network/network";
import type { Connections, IConnectable } from "../../network/security/connections";
import { SecurityGroup } from "../../network/security/security-group";
import type { ISubnet } from "../../network/subnet";
import { STO014 } from "../rules";
import { type BucketLink, linkViolations, renderLink } from "./bucket-link";
import { withLustre } from "./lustre-mount";
import { LustreType } from "./lustre-type";

/** Properties of {@link LustreFileSystem}. */
export interface LustreFileSystemProps {
  /** Network of the clients. */
  readonly network: INetwork;
  /** Subnet of the servers: clients in other zones pay for their traffic. */
  readonly subnet: ISubnet;
  /** Size: 1200 GiB, or a multiple of 2400 GiB. It can grow. */
  readonly capacity: Size;
  /** How data are stored: `LustreType.scratch()` or `LustreType.persistent(250)`. @default - scratch */
  readonly type?: LustreType;
  /** Directories that show the objects of buckets, by their path. @default - none */
  readonly links?: Readonly<Record<string, BucketLink>>;
  /** Key that encrypts persistent storage; changing it replaces the file system. @default - the key of AWS for FSx */
  readonly encryptionKey?: IEncryptionKey;
  /** Whether a destroy deletes the file system with all files; otherwise the plan fails. @default false */
  readonly forceDestroy?: boolean;
  /** Tags, in addition to `Name`. @default - none */
  readonly tags?: Tags;
}

/** Ports of Lustre: between clients and servers in both directions, and between servers. */
const PORTS = [Port.tcp(988), Port.tcpRange(1018, 1023)] as const;

/**
 * Defines a parallel file system for computations: many machines read and write it at hundreds of gigabytes per second (Amazon FSx for
 * Lustre).
 *
 * Creates the file system with compressed data, a security group, and a link for each directory that shows a bucket: names of objects
 * appear at once, their content is loaded when it is read first.
 *
 * Cost: per GiB and month $0.14 for scratch, $0.145 to $0.60 for persistent storage by its throughput (us-east-1).
 *
 * Errors: STO010, STO014, STO015, TAG001.
 *
 * @example
 * const files = new LustreFileSystem(this, "Training", {
 *   network, subnet, capacity: Size.gibibytes(1200), links: { "/data": { bucket, prefix: "training/" } },
 * });
 * files.allowFrom(machine);
 */
export class LustreFileSystem extends Construct implements IConnectable {
  /** Id of the file system. */
  readonly fileSystemId: string;
  /** DNS name that clients mount. */
  readonly dnsName: string;
  /** Name of the file system within its servers, which clients mount. */
  readonly mountName: string;
  /** Connections of its security group. */
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: LustreFileSystemProps) {
    super(scope, id);
    const { network, links = {}, type = LustreType.scratch() } = props;
    this.check(props, type, links);
    const group = new SecurityGroup(this, "SecurityGroup", { network, description: "Lustre file system" });
    this.connections = group.connections;
    for (const port of PORTS) this.connections.allowFrom(group, port, "Lustre between servers");
    const resource = this.createFileSystem(props, type, group.securityGroupId);
    this.node.defaultChild = resource;
    this.fileSystemId = resource.id;
    this.dnsName = resource.dnsName;
    this.mountName = resource.mountName;
    for (const [path, link] of Object.entries(links))
      new FsxDataRepositoryAssociation(this, `link-${path.slice(1)}`, {
        fileSystemId: resource.id,
        ...renderLink(path, link),
      });
  }

  /** Allows a client to use the file system; the servers also connect to their clients. */
  allowFrom(client: IConnectable): void {
    for (const port of PORTS) {
      this.connections.allowFrom(client, port, "Lustre");
      client.connections.allowFrom(this, port, "Lustre servers");
    }
  }

  /** A first boot of Amazon Linux that mounts the file system before its other steps. */
  mountIn(boot: CloudInit, path: string): CloudInit {
    const name = Name.of(this).prefix(MOUNT_NAME);
    return withLustre(boot, { name, dnsName: this.dnsName, mountName: this.mountName, path });
  }

  private createFileSystem(props: LustreFileSystemProps, type: LustreType, group: string): FsxLustreFileSystem {
    const { subnet, capacity, encryptionKey, forceDestroy, tags = {} } = props;
    return new FsxLustreFileSystem(this, "Resource", {
      storageCapacity: capacity.toGibibytes(),
      subnetIds: [subnet.subnetId],
      securityGroupIds: [group],
      ...type.render(),
      fileSystemTypeVersion: "2.15",
      dataCompressionType: "LZ4",
      ...defined({
        kmsKeyId: encryptionKey?.keyArn,
        lifecycle: forceDestroy === true ? undefined : { preventDestroy: true },
      }),
      tags: { ...checkedTags(tags, this, 1), Name: Name.of(this).tag() },
    });
  }

  private check(
    { capacity, encryptionKey }: LustreFileSystemProps,
    type: LustreType,
    links: Readonly<Record<string, BucketLink>>,
  ): void {
    const hasUselessKey = encryptionKey !== undefined && !type.isPersistent;
    Violations.throwIfAny([
      ...type.violations(capacity, this),
      ...linkViolations(links, this),
      ...(hasUselessKey
        ? [
            STO014.violation({
              at: this,
              given: "a key for scratch storage, which FSx encrypts with its own",
              fix: "omit encryptionKey, or use LustreType.persistent(125)",
            }),
          ]
        : []),
    ]);
  }
}

/** Name of a mount: a part of a file name and of the name of a step. */
const MOUNT_NAME = { service: "mount", maxLength: 28, pattern: /^[a-z0-9-]+$/ };
