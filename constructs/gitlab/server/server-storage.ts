import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import type { Construct } from "constructs";
import type { IGrantee } from "../../aws/iam/grantee";
import { resourceId } from "../../aws/resource-id";
import { Bucket } from "../../aws/storage/bucket";
import { BucketEncryption } from "../../aws/storage/settings/bucket-encryption";
import { Lifecycle } from "../../aws/storage/settings/lifecycle";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Machine } from "../machine/machine";
import { GLB006 } from "../rules";
import { Backups } from "./backups";
import { DataVolume } from "./data-volume";
import type { GitLabServerProps } from "./gitlab-server";
import type { ServerBootProps } from "./server-boot";

/** Id of the data volume: of a new volume, or of an existing one in the zone of the server. */
export function createDataVolume(
  at: Construct,
  { subnet, network, dataVolume = DataVolume.kept(), encryptionKey }: GitLabServerProps,
): string {
  const { existing, size, snapshotId, isKept } = dataVolume;
  if (existing !== undefined) {
    if (existing.zone !== subnet.zone)
      throw GLB006.violation({
        at,
        given: `volume ${existing.volumeId} in zone ${existing.zone}, the server in zone ${subnet.zone}`,
        fix: `use a subnet in zone ${existing.zone}, or create a volume from a snapshot in zone ${subnet.zone}`,
      });
    return resourceId(existing.volumeId, "volume", at);
  }
  return new EbsVolume(at, "Data", {
    availabilityZone: network.zones.region.zone(subnet.zone),
    size: size.toGibibytes(),
    type: "gp3",
    encrypted: true,
    ...defined({
      kmsKeyId: encryptionKey?.keyArn,
      snapshotId: snapshotId === undefined ? undefined : resourceId(snapshotId, "snapshot", at),
      finalSnapshot: isKept ? true : undefined,
      lifecycle: isKept ? { preventDestroy: true } : undefined,
    }),
    tags: { Name: Name.of(at).tag("-data") },
  }).id;
}

/** Attaches the data volume to the machine. */
export function attachDataVolume(at: Construct, volumeId: string, { instanceId }: Machine): void {
  new VolumeAttachment(at, "DataAttachment", {
    deviceName: "/dev/sdf",
    volumeId,
    instanceId,
    // A mounted volume cannot be detached, so the machine is stopped first.
    stopInstanceBeforeDetaching: true,
  });
}

/** Creates the backup buckets, which the writer can write to but not read; undefined without backups. */
export function createBackupBuckets(
  at: Construct,
  { backups: plan = Backups.nightly(), dataVolume, encryptionKey }: GitLabServerProps,
  writer: IGrantee,
): ServerBootProps["backups"] {
  if (plan.retention === undefined) return undefined;
  const lifecycle = Lifecycle.tidy({ keepObjects: plan.retention, keepNoncurrent: plan.retention });
  const forceDestroy = dataVolume !== undefined && !dataVolume.isKept;
  const encryption = encryptionKey && BucketEncryption.key(encryptionKey);
  const createBucket = (id: string) => new Bucket(at, id, { lifecycle, forceDestroy, ...defined({ encryption }) });
  const [data, secrets] = [createBucket("DataBackups"), createBucket("SecretsBackups")];
  for (const bucket of [data, secrets]) bucket.grants.write(writer);
  return { plan, dataBucket: data.bucketName, secretsBucket: secrets.bucketName };
}
