import { KUB018, KUB019 } from "@groundwork/constructs/kubernetes/rules";
import { KUB035 } from "@groundwork/constructs/kubernetes/storage/rules";
import { KUB038, KUB039, KUB041 } from "@groundwork/constructs/kubernetes/workload/rules";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { Size } from "@groundwork/constructs/core/size";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Claim, type ClaimProps } from "@groundwork/constructs/kubernetes/storage/claim";
import { CsiDriver } from "@groundwork/constructs/kubernetes/storage/csi-driver";
import { StorageClass } from "@groundwork/constructs/kubernetes/storage/storage-class";
import { VolumeMount } from "@groundwork/constructs/kubernetes/storage/volume-mount";
import { type AccessMode, VolumeType } from "@groundwork/constructs/kubernetes/storage/volume-type";
import { PodSecurity } from "@groundwork/constructs/kubernetes/workload/pod-security";
import { graphOf } from "../../../support/graph";
import { resource } from "../../../support/fixture";
import { clusterStack, objectOf, webService } from "../../../support/kubernetes";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";

const driver = CsiDriver.existing();
const EBS = VolumeType.ebsGp3({ driver });
const EFS = VolumeType.efs({ driver, fileSystem: { fileSystemId: "fs-0123456789abcdef0" } });
const TYPES = { EBS, EFS, NFS: VolumeType.nfs() };

function claim(props: Partial<ClaimProps> = {}, volumes = EBS) {
  const stack = clusterStack();
  const storageClass = StorageClass.fromName({ name: "disks", volumes });
  const created = new Claim(stack, "Data", { name: "data", storageClass, size: Size.gibibytes(20), ...props });
  return { stack, created };
}

describe("Claim", () => {
  test.each(Object.entries(TYPES))("is the same object for each class: %s", (_, volumes) => {
    const { stack } = claim({}, volumes);
    expect(objectOf(stack, "PersistentVolumeClaim")).toEqual({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data", namespace: "default" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "disks",
        resources: { requests: { storage: "20Gi" } },
      },
    });
  });

  test("is protected against destruction, and does not wait for a pod", () => {
    const { stack } = claim();
    expect(resource(stack, PersistentVolumeClaimV1)).toMatchObject({
      wait_until_bound: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(resource(claim({ forceDestroy: true }).stack, PersistentVolumeClaimV1)).not.toHaveProperty("lifecycle");
  });

  test("is created after its class and before the pods that mount it", () => {
    const stack = clusterStack();
    const storageClass = new StorageClass(stack, "Disks", { name: "disks", volumes: EBS });
    const data = new Claim(stack, "Data", { name: "data", storageClass, size: Size.gibibytes(1) });
    webService(stack, { volumes: { "/data": VolumeMount.claim(data) } });
    const graph = graphOf(stack);
    const needs = (one: string, other: string) => graph.needs(`kubernetes_${one}`, `kubernetes_${other}`);
    expect(needs("deployment_v1", "persistent_volume_claim_v1")).toBe(true);
    expect(needs("persistent_volume_claim_v1", "storage_class_v1")).toBe(true);
  });

  test("is mounted by pods that do not run as root, whose group its files get", () => {
    const { stack, created } = claim();
    const security = PodSecurity.nonRoot({ user: 10_001, writable: ["/tmp"] });
    webService(stack, {
      security,
      replicas: Replicas.fixed(1),
      volumes: {
        "/srv/data": VolumeMount.claim(created),
        "/srv/a b": VolumeMount.claim(created, { readOnly: true, subPath: "a" }),
      },
    });
    const pod = objectOf(stack, "Deployment", "spec.template.spec") as Record<string, unknown>;
    expect(pod["securityContext"]).toEqual({
      runAsNonRoot: true,
      runAsUser: 10_001,
      fsGroup: 10_001,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    });
    const other = expect.stringMatching(/^srv-a-b-[0-9a-f]{8}$/) as string;
    expect(pod["volumes"]).toEqual([
      { name: "tmp", emptyDir: {} },
      { name: "srv-data", persistentVolumeClaim: { claimName: "data" } },
      { name: other, persistentVolumeClaim: { claimName: "data", readOnly: true } },
    ]);
    expect(objectOf(stack, "Deployment", "spec.template.spec.containers.0.volumeMounts")).toEqual([
      { name: "tmp", mountPath: "/tmp" },
      { name: "srv-data", mountPath: "/srv/data" },
      { name: other, mountPath: "/srv/a b", readOnly: true, subPath: "a" },
    ]);
  });

  test("leaves the security context unchanged where pods only read, or have their own", () => {
    for (const [security, readOnly] of [
      [PodSecurity.nonRoot(), true],
      [PodSecurity.root(), false],
      [PodSecurity.unset(), false],
    ] as const) {
      const { stack, created } = claim();
      webService(stack, {
        security,
        replicas: Replicas.fixed(1),
        volumes: { "/data": VolumeMount.claim(created, { readOnly }) },
      });
      expect(JSON.stringify(objectOf(stack, "Deployment"))).not.toContain("fsGroup");
    }
  });

  test.each<AccessMode>(["ReadWriteMany", "ReadOnlyMany"])("rejects %s on EBS, and accepts it elsewhere", (access) => {
    expect(() => claim({ access })).toViolate(KUB035, /use ReadWriteOnce, or a class with VolumeType.efs/);
    expect(objectOf(claim({ access }, EFS).stack, "PersistentVolumeClaim", "spec.accessModes")).toEqual([access]);
    expect(objectOf(claim({ access }, TYPES.NFS).stack, "PersistentVolumeClaim", "spec.accessModes")).toEqual([access]);
  });

  test("rejects more than 64 TiB on EBS", () => {
    expect(() => claim({ size: Size.tebibytes(65) })).toViolate(KUB035);
    expect(() => claim({ size: Size.tebibytes(65) }, EFS)).not.toThrow();
  });

  test("rejects several pods with a claim for one pod", () => {
    const { stack, created } = claim({ access: "ReadWriteOncePod" });
    const volumes = { "/data": VolumeMount.claim(created) };
    expect(() => webService(stack, { volumes, name: "three" })).toViolate(KUB041);
    expect(() => webService(stack, { volumes, name: "one", replicas: Replicas.fixed(1) })).not.toThrow();
  });

  test("rejects pods of another namespace, invalid paths, and two mounts at one path", () => {
    const { stack, created } = claim();
    const mount = VolumeMount.claim(created);
    const service = (
      name: string,
      volumes: Record<string, VolumeMount>,
      security = PodSecurity.root(),
      namespace = "default",
    ) => webService(stack, { name, volumes, security, namespace });
    expect(() => service("a", { "/data": mount }, PodSecurity.root(), "shop")).toViolate(
      KUB039,
      /namespace default, pods in shop/,
    );
    for (const [index, path] of ["/", "data", "/a/../b", "/a:b"].entries())
      expect(() => service(`b${index}`, { [path]: mount })).toViolate(KUB038);
    expect(() => service("c", { "/data": mount, "/data/": mount })).toViolate(KUB038);
    const writable = PodSecurity.nonRoot({ writable: ["/data"] });
    expect(() => service("d", { "/data": mount }, writable)).toViolate(KUB038);
    for (const [index, subPath] of ["", "/a", "../a", "a/../../b"].entries())
      expect(() => service(`e${index}`, { "/data": VolumeMount.claim(created, { subPath }) })).toViolate(KUB038);
  });

  test("rejects invalid names, labels and annotations", () => {
    expect(() => claim({ name: "a_b" })).toViolate(NAM001);
    expect(() => claim({ labels: { "a b": "" } })).toViolate(KUB018);
    expect(() => claim({ annotations: { "a b": "" } })).toViolate(KUB019);
  });

  test("can exist already", () => {
    const existing = Claim.fromName({ name: "files", volumes: EFS, access: "ReadWriteMany" });
    const stack = clusterStack();
    webService(stack, {
      volumes: {
        "/files": VolumeMount.claim(existing),
        "/tmp": VolumeMount.scratch({ inMemory: true, size: Size.mebibytes(64) }),
      },
    });
    expect(objectOf(stack, "Deployment", "spec.template.spec.volumes")).toEqual([
      { name: "files", persistentVolumeClaim: { claimName: "files" } },
      { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
    ]);
  });
});
