import type { IGrantee } from "../../iam/grantee";
import { Statement } from "../../iam/statement";
import type { AccessPoint } from "./access-point";

/**
 * Defines grants of a file system, for clients that mount with their role. They also need a rule for NFS: `connections.allowFrom`.
 *
 * @example fileSystem.grants.write(machine); fileSystem.grants.read(report, uploads)
 */
export class FileSystemGrants {
  constructor(private readonly fileSystemArn: string) {}

  /** Grants mounting and reading; with an access point through that one only. */
  read(grantee: IGrantee, accessPoint?: AccessPoint): void {
    this.grant(grantee, ["elasticfilesystem:ClientMount"], accessPoint);
  }

  /** Grants mounting, reading, writing, and the rights of root, without which root owns nothing: to create directories and owners. */
  administer(grantee: IGrantee): void {
    this.grant(
      grantee,
      ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", "elasticfilesystem:ClientRootAccess"],
      undefined,
    );
  }

  /** Grants mounting, reading and writing; with an access point through that one only, and with its user. */
  write(grantee: IGrantee, accessPoint?: AccessPoint): void {
    this.grant(grantee, ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], accessPoint);
  }

  private grant(grantee: IGrantee, actions: readonly string[], accessPoint: AccessPoint | undefined): void {
    const conditions = accessPoint && {
      StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint.accessPointArn },
    };
    grantee.addToPolicy(
      Statement.allow({
        actions,
        resources: [this.fileSystemArn],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
}
