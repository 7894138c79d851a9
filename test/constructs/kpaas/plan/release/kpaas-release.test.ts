import { AddOn } from "@groundwork/constructs/kpaas/plan/release/add-on";
import { KPaasRelease } from "@groundwork/constructs/kpaas/plan/release/kpaas-release";
import { KPS021 } from "@groundwork/constructs/kpaas/rules";

const release = KPaasRelease.V1_6_2;

describe("KPaasRelease", () => {
  test("1.6.2 is pinned by a commit, since its branch moves", () => {
    expect([release.tag, release.commit]).toEqual(["v1.6.2", "6dee0c25985be96e9aa7206d13111f1966bbe9ac"]);
    expect(KPaasRelease.of("1.6.2")).toBe(release);
  });

  test("1.6.2 lists its components", () => {
    expect(release.installs).toMatchObject({ kubernetes: "1.32.5", calico: "3.29.3", kyverno: "1.13.6" });
  });

  test.each(["1.7.0", "v1.6.2", ""])("rejects %p, whose known issues are not listed", (version) => {
    expect(() => KPaasRelease.of(version)).toViolate(KPS021, /use one of 1\.6\.2/);
  });

  test("patches hidden failures, a package source that no longer exists, and the closed-source program", () => {
    expect(release.patchesFor([]).map(({ name, file }) => [name, file])).toEqual([
      ["terminal-install", "single/roles/cp-install/tasks/main.yml"],
      ["terminal-reset", "single/roles/cp-reset/tasks/main.yml"],
      ["helm", "single/cluster.yml"],
      ["security-binary", "standalone/playbooks/cluster.yml"],
    ]);
  });

  test("keeps the closed-source program if it is requested", () => {
    expect(release.patchesFor([AddOn.SECURITY_BINARY])).toEqual(release.patchesFor([]).slice(0, -1));
  });

  test("lists each known issue and each patch once, with a reason and a source", () => {
    const ids = release.knownIssues.map(({ id }) => id);
    const names = release.knownIssues.flatMap(({ patches }) => patches.map(({ name }) => name));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
    for (const { symptom, evidence, remedy, patches } of release.knownIssues) {
      expect([symptom, evidence, remedy].every((text) => text.length > 10)).toBe(true);
      for (const { find, replace, reason } of patches) {
        expect(find).not.toBe(replace);
        expect(reason.length).toBeGreaterThan(10);
      }
    }
  });
});
