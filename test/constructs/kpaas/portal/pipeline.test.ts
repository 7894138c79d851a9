import { Limit } from "@groundwork/constructs/boot/limit";
import { AddOn } from "@groundwork/constructs/kpaas/plan/release/add-on";
import { ClusterBoot } from "@groundwork/constructs/kpaas/boot/cluster-boot";
import { Pipeline } from "@groundwork/constructs/kpaas/portal/pipeline";
import { KPB020, KPB021 } from "@groundwork/constructs/kpaas/boot/rules";
import { readCloudConfig } from "../../../support/boot-root";
import { first, KINDS, lab } from "../../../support/kpaas";

const portal = { cloud: "nhn" } as const;

describe("Pipeline", () => {
  const all = ClusterBoot.of(lab(), { portal, workload: {}, pipeline: {} });

  test("is the last phase; the workload is the first after the cluster's own", () => {
    const files = readCloudConfig(all.of(first).render()).write_files ?? [];
    const steps = files.flatMap(({ path }) => /first-boot\.d\/\d+-(.+)$/.exec(path)?.[1] ?? []);
    expect(steps.slice(steps.indexOf("verify"))).toEqual([
      ...["verify", "workload", "portal", "unseal", "keycloak", "pipeline"],
    ]);
    expect(files.find(({ path }) => path === "/etc/kpaas/pipeline.env")?.content).toBe(
      "PIPELINE_ARCHIVE='https://nextcloud.k-paas.org/index.php/s/D7fz23QcDrT4Afs/download'\nPIPELINE_SHA256=''\n",
    );
  });

  test.each(Object.keys(KINDS).filter((kind) => kind !== "nhn" && kind !== "rook-ceph"))(
    "fits, with all other phases, into the size limit of user data: %s",
    (kind) => {
      const plan = KINDS[kind]?.() ?? lab();
      const boot = ClusterBoot.of(plan, { portal, workload: {}, pipeline: { sha256: "0".repeat(64) } });
      const { length } = boot.of(plan.installHost).userData(Limit.NHN);
      expect(length).toBeGreaterThan(20_000);
      expect(length).toBeLessThan(Limit.NHN.bytes);
    },
  );

  test("rejects a cluster without a portal", () => {
    const plan = lab({ addOns: [AddOn.KYVERNO] });
    expect(() => ClusterBoot.of(plan, { portal, pipeline: {} }).of(first)).toViolate(KPB020, /add the portal/);
  });

  test.each(["", "A".repeat(64), "0".repeat(63)])('rejects the checksum "%s"', (sha256) => {
    expect(() => Pipeline.of({ sha256 })).toViolate(KPB021, /output of sha256sum/);
  });
});
