import { Release } from "@cdktf/provider-helm/lib/release";
import { CertManager, CertManagerRelease } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { ADD001, ADD009 } from "@groundwork/constructs/aws/eks/addons/rules";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource } from "../../../../support/fixture";
import { releaseValues } from "../../../../support/helm";

function certManagerWith(release: CertManagerRelease, version = KubernetesVersion.V1_35) {
  const { stack, cluster } = importedCluster(version);
  return { stack, certManager: new CertManager(stack, "CertManager", { cluster, release }) };
}

describe("CertManager", () => {
  test("installs the chart of its release with its CRDs in its own namespace", () => {
    const { stack } = certManagerWith(CertManagerRelease.of("v1.21.2"));
    expect(resource(stack, Release)).toMatchObject({
      repository: "https://charts.jetstack.io",
      chart: "cert-manager",
      version: "v1.21.2",
      namespace: "cert-manager",
      create_namespace: true,
    });
    expect(releaseValues(stack)).toEqual({ crds: { enabled: true } });
  });

  test("rejects a release that does not support the cluster's version", () => {
    expect(() => certManagerWith(CertManagerRelease.of("v1.12.3"))).toViolate(ADD009, /use 1\.20 or 1\.21/);
    expect(() => certManagerWith(CertManagerRelease.of("v1.20.0"), KubernetesVersion.V1_36)).toViolate(ADD009, /1\.36/);
  });

  test("accepts an explicitly unsupported release with a warning, and uses the values of old charts", () => {
    const { stack, certManager } = certManagerWith(CertManagerRelease.unsupported("v1.12.3"));
    expect(releaseValues(stack)).toEqual({ installCRDs: true });
    expect(certManager.node.metadata.map(({ data }) => String(data))).toEqual([
      expect.stringMatching(/cert-manager v1\.12\.3 in a cluster of version 1\.35 is no longer supported/),
    ]);
  });

  test("rejects the stack that creates its cluster", () => {
    const { stack, cluster } = eksStack();
    const release = CertManagerRelease.of("v1.21.2");
    expect(() => new CertManager(stack, "CertManager", { cluster, release })).toViolate(ADD001);
  });

  test.each(["1.33", "1.34", "1.35", "1.36"])("supports 1.21.2 in a cluster of version %s", (minor) => {
    expect(() => certManagerWith(CertManagerRelease.of("v1.21.2"), KubernetesVersion.of(minor))).not.toThrow();
  });

  test("takes further values of the chart", () => {
    const { stack, cluster } = importedCluster();
    const release = CertManagerRelease.of("v1.21.2");
    new CertManager(stack, "CertManager", { cluster, release, values: { crds: { keep: true }, replicaCount: 2 } });
    expect(releaseValues(stack)).toEqual({ crds: { enabled: true, keep: true }, replicaCount: 2 });
  });

  test.each(["1.21.2", "latest", "", "v1.21"])("rejects the release %j", (version) => {
    expect(() => CertManagerRelease.of(version)).toViolate(ADD009);
    expect(() => CertManagerRelease.unsupported(version)).toViolate(ADD009);
  });
});
