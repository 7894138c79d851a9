import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { Construct } from "constructs";
import { Name } from "../../../core/name";
import { STO009 } from "../rules";

/** Properties of {@link AccessPoint}. */
export interface AccessPointProps {
  /** Directory that clients see as the root, such as `/uploads`; it is created with the owner `user`. */
  readonly path: string;
  /** User and group of all files, also for clients with another user: ids from 0 to 4294967295. */
  readonly user: { readonly uid: number; readonly gid: number };
  /**
   * Permissions of the directory, in octal digits.
   * @default "0750"
   */
  readonly permissions?: string;
}

/** A directory of a file system with its own user. Created by `FileSystem`, method `addAccessPoint`. */
export class AccessPoint extends Construct {
  /** Id of the access point. */
  readonly accessPointId: string;
  /** ARN of the access point. */
  readonly accessPointArn: string;

  constructor(scope: Construct, id: string, props: AccessPointProps & { readonly fileSystemId: string }) {
    super(scope, id);
    const { path, user, permissions = "0750" } = props;
    this.check(path, user, permissions);
    const resource = new EfsAccessPoint(this, "Resource", {
      fileSystemId: props.fileSystemId,
      posixUser: { uid: user.uid, gid: user.gid },
      rootDirectory: { path, creationInfo: { ownerUid: user.uid, ownerGid: user.gid, permissions } },
      tags: { Name: Name.of(this).tag() },
    });
    this.node.defaultChild = resource;
    this.accessPointId = resource.id;
    this.accessPointArn = resource.arn;
  }

  private check(path: string, { uid, gid }: AccessPointProps["user"], permissions: string): void {
    const violation = (given: string, fix: string) => STO009.violation({ at: this, given, fix });
    // Source: RootDirectory in the EFS API reference: at most 100 characters and four levels.
    if (!/^(\/[\w.-]{1,99}){1,4}$/.test(path) || path.length > 100 || /\/\.{1,2}(\/|$)/.test(path))
      throw violation(`path "${path}"`, "use up to four levels, such as /uploads/images");
    for (const number of [uid, gid])
      if (!Number.isInteger(number) || number < 0 || number > 4_294_967_295)
        throw violation(`user or group id ${number}`, "use a whole number from 0 to 4294967295");
    if (!/^0?[0-7]{3}$/.test(permissions))
      throw violation(`permissions "${permissions}"`, 'use octal digits such as "0750"');
  }
}
