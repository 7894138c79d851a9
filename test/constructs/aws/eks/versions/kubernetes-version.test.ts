import { REVIEWED_ON, VERSIONS } from "@groundwork/constructs/aws/eks/versions/version-matrix";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { EKS001, EKS002, EKS003 } from "@groundwork/constructs/aws/eks/rules";
import { awsStack } from "../../../../support/fixture";

const KNOWN = Object.keys(VERSIONS);

/** Warnings of a stack for a version. */
function warnings(version: KubernetesVersion, today?: string): readonly string[] {
  const stack = awsStack();
  version.checkSupport(stack, today);
  return stack.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
}

describe("KubernetesVersion", () => {
  test("knows the four minor versions of the table only", () => {
    expect(KNOWN).toEqual(["1.33", "1.34", "1.35", "1.36"]);
    expect(() => KubernetesVersion.of("1.32")).toViolate(EKS001, /use one of 1\.33, 1\.34, 1\.35, 1\.36/);
    expect(() => KubernetesVersion.of("v1.35")).toViolate(EKS001);
    // Node images exist, but its availability on EKS is not confirmed.
    expect(() => KubernetesVersion.of("1.37")).toViolate(EKS001);
  });

  test.each(["toString", "constructor", "__proto__", "hasOwnProperty", ""])("rejects the version %j", (minor) => {
    expect(() => KubernetesVersion.of(minor)).toViolate(EKS001, /use one of 1\.33/);
  });

  test("has the support ends of the EKS calendar", () => {
    expect(KNOWN.map((minor) => [minor, VERSIONS[minor]?.standardUntil, VERSIONS[minor]?.extendedUntil])).toEqual([
      ["1.33", "2026-07-29", "2027-07-29"],
      ["1.34", "2026-12-02", "2027-12-02"],
      ["1.35", "2027-03-27", "2028-03-27"],
      ["1.36", "2027-08-02", "2028-08-02"],
    ]);
  });

  test.each(KNOWN)("%s has an autoscaler of its minor version, and support phases in order", (minor) => {
    const version = KubernetesVersion.of(minor);
    expect(version.autoscalerImage).toMatch(new RegExp(`^v${minor.replace(".", "\\.")}\\.\\d+$`));
    expect(version.extendedSupportUntil > version.standardSupportUntil).toBe(true);
    expect(version.supportOn(version.standardSupportUntil)).toBe("standard");
    expect(version.supportOn(version.extendedSupportUntil)).toBe("extended");
    expect(version.supportOn("2099-01-01")).toBe("over");
  });

  test("warns in extended support, with end date and cost", () => {
    expect(warnings(KubernetesVersion.V1_33, "2026-11-24")).toEqual([
      "Kubernetes 1.33 has been in extended support since 2026-07-29: $0.50 more for each hour, about $365 a month, until 2027-07-29",
    ]);
    expect(warnings(KubernetesVersion.V1_35, "2026-11-24")).toEqual([]);
  });

  test("uses the date of the table's last review by default", () => {
    expect(warnings(KubernetesVersion.V1_33)).toEqual(warnings(KubernetesVersion.V1_33, REVIEWED_ON));
  });

  test("rejects a version whose extended support has ended", () => {
    expect(() => warnings(KubernetesVersion.V1_33, "2027-07-30")).toViolate(EKS002, /ended on 2027-07-29/);
  });

  test.each(["24.11.2026", "2026-13-01", "2026-11-24T00:00:00Z", ""])("rejects the date %j", (today) => {
    expect(() => warnings(KubernetesVersion.V1_35, today)).toViolate(EKS003);
  });

  test("equals another instance of its minor version", () => {
    expect(KubernetesVersion.of("1.34").equals(KubernetesVersion.V1_34)).toBe(true);
    expect(KubernetesVersion.of("1.34").equals(KubernetesVersion.V1_35)).toBe(false);
  });
});
