import { KUB032, KUB033, KUB034 } from "@groundwork/constructs/kubernetes/storage/rules";
import { NAM001, NAM002 } from "@groundwork/constructs/core/rules";
import { CsiDriver } from "@groundwork/constructs/kubernetes/storage/csi-driver";
import { StorageClass, type StorageClassProps } from "@groundwork/constructs/kubernetes/storage/storage-class";
import { VolumeType } from "@groundwork/constructs/kubernetes/storage/volume-type";
import { ManagedAddon } from "@groundwork/constructs/aws/eks/addons/managed/managed-addon";
import { Addon } from "@groundwork/constructs/aws/eks/addons/managed/addon";
import { IdentityBinding } from "@groundwork/constructs/aws/eks/access/identity-binding";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { resource } from "../../../support/fixture";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { importedCluster } from "../../../support/cluster";
import { graphOf } from "../../../support/graph";
import { clusterStack, objectOf } from "../../../support/kubernetes";

const driver = CsiDriver.existing();
const fileSystem = { fileSystemId: "fs-0123456789abcdef0" };

function storageClass(props: Partial<StorageClassProps> = {}) {
  const stack = clusterStack();
  const created = new StorageClass(stack, "Class", { name: "gp3", volumes: VolumeType.ebsGp3({ driver }), ...props });
  return { stack, created };
}

describe("StorageClass", () => {
  test("provisions encrypted gp3 volumes in the zone of their pod", () => {
    const { stack } = storageClass();
    expect(objectOf(stack, "StorageClass")).toEqual({
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3" },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    });
  });

  test("has a key, operations, throughput, zones, and is the default on request", () => {
    const volumes = VolumeType.ebsGp3({
      driver,
      iops: 4_000,
      throughput: 250,
      encryptionKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
      zones: ["eu-west-1a"],
    });
    const { stack } = storageClass({
      volumes,
      keepVolumes: true,
      isDefault: true,
      nodes: [{ zoneNames: ["eu-west-1a"] }],
    });
    expect(objectOf(stack, "StorageClass")).toMatchObject({
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { iops: "4000", throughput: "250", kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" },
      reclaimPolicy: "Retain",
      allowedTopologies: [{ matchLabelExpressions: [{ key: "topology.kubernetes.io/zone", values: ["eu-west-1a"] }] }],
    });
  });

  test("provisions directories of EFS through access points, over TLS and with a role", () => {
    const volumes = VolumeType.efs({ driver, fileSystem, directory: "/shop", user: { uid: 1000, gid: 1000 } });
    const { stack, created } = storageClass({ volumes });
    expect(created.volumes.isShared).toBe(true);
    expect(objectOf(stack, "StorageClass")).toMatchObject({
      provisioner: "efs.csi.aws.com",
      mountOptions: ["tls", "iam"],
      parameters: {
        provisioningMode: "efs-ap",
        fileSystemId: "fs-0123456789abcdef0",
        directoryPerms: "700",
        basePath: "/shop",
        uid: "1000",
        gid: "1000",
      },
      volumeBindingMode: "Immediate",
    });
  });

  test("provisions directories of an NFS server", () => {
    const { stack } = storageClass({ volumes: VolumeType.nfs({ provisioner: "example.com/nfs", archive: true }) });
    expect(objectOf(stack, "StorageClass")).toMatchObject({
      provisioner: "example.com/nfs",
      parameters: { archiveOnDelete: "true" },
    });
    expect(StorageClass.fromName({ name: "cp-storageclass", volumes: VolumeType.nfs() })).toMatchObject({
      className: "cp-storageclass",
    });
  });

  test("is created after the add-on of the same stack and destroyed before it; an add-on of another stack is only checked", () => {
    const { stack, cluster } = importedCluster();
    new KubernetesProvider(stack, "kubernetes");
    const addon = new ManagedAddon(stack, "EbsCsi", {
      cluster,
      addon: Addon.EBS_CSI_DRIVER,
      identity: IdentityBinding.podIdentity(),
    });
    const volumes = VolumeType.ebsGp3({ driver: CsiDriver.addon(addon) });
    new StorageClass(stack, "Class", { name: "gp3", volumes });
    expect(graphOf(stack).needs("kubernetes_storage_class_v1", "aws_eks_addon")).toBe(true);
    const other = clusterStack();
    new StorageClass(other, "Class", { name: "gp3", volumes });
    expect(resource(other, StorageClassV1)).not.toHaveProperty("depends_on");
  });

  test("rejects a missing driver, the add-on of another service, and an add-on without a role", () => {
    const { stack, cluster } = importedCluster();
    new KubernetesProvider(stack, "kubernetes");
    const snapshots = new ManagedAddon(stack, "Snapshots", { cluster, addon: Addon.SNAPSHOT_CONTROLLER });
    const own = Addon.of("aws-efs-csi-driver", { order: "after-nodes" });
    const efs = new ManagedAddon(stack, "Efs", { cluster, addon: own });
    const create = (id: string, volumes: VolumeType) => () => new StorageClass(stack, id, { name: id, volumes });
    expect(create("a", VolumeType.ebsGp3({ driver: CsiDriver.addon(snapshots) }))).toViolate(
      KUB032,
      /snapshot-controller/,
    );
    expect(create("b", VolumeType.efs({ fileSystem, driver: CsiDriver.addon(efs) }))).toViolate(
      KUB032,
      /role of its own/,
    );
    expect(create("c", VolumeType.ebsGp3({} as never))).toViolate(KUB032, /without a CSI driver/);
  });

  test.each([
    [VolumeType.ebsGp3({ driver, iops: 2_999 })],
    [VolumeType.ebsGp3({ driver, throughput: 2_001 })],
    [VolumeType.efs({ driver, fileSystem, user: { uid: -1, gid: 0 } })],
  ])("rejects numbers outside of the limits", (volumes) => {
    expect(() => storageClass({ volumes })).toViolate(KUB033);
  });

  test("rejects zones without nodes, and no zones", () => {
    const zones = (...names: readonly string[]) => VolumeType.ebsGp3({ driver, zones: names });
    const nodes = [{ zoneNames: ["eu-west-1a", "eu-west-1b"] }];
    expect(() => storageClass({ volumes: zones("eu-west-1c"), nodes })).toViolate(KUB034, /eu-west-1a, eu-west-1b/);
    expect(() => storageClass({ volumes: zones() })).toViolate(KUB034);
    expect(() => storageClass({ volumes: zones("eu-west-1c") })).not.toThrow();
  });

  test("rejects invalid names and a second class with the same name", () => {
    expect(() => storageClass({ name: "GP3" })).toViolate(NAM001);
    const { stack } = storageClass();
    const again = () => new StorageClass(stack, "Again", { name: "gp3", volumes: VolumeType.nfs() });
    expect(again).toViolate(NAM002);
  });
});
