import { Release } from "@cdktf/provider-helm/lib/release";
import { CertManager, CertManagerRelease } from "@groundwork/constructs/aws/eks/addons/cert-manager";
import { ADD001, ADD009 } from "@groundwork/constructs/aws/eks/addons/rules";
import { KubernetesVersion } from "@groundwork/constructs/aws/eks/versions/kubernetes-version";
import { eksStack, foundCluster } from "../../../../support/cluster";
import { resource } from "../../../../support/fixture";
import { releaseValues } from "../../../../support/helm";

function certManagerWith(release: CertManagerRelease, version = KubernetesVersion.V1_35) {
  const { stack, cluster } = foundCluster(version);
  return { stack, made: new CertManager(stack, "CertManager", { cluster, release }) };
}

describe("CertManager", () => {
  test("is the chart of its release, with its definitions, in a namespace of its own", () => {
    const { stack } = certManagerWith(CertManagerRelease.of("v1.21.0"));
    expect(resource(stack, Release)).toMatchObject({
      repository: "https://charts.jetstack.io",
      chart: "cert-manager",
      version: "v1.21.0",
      namespace: "cert-manager",
      create_namespace: true,
    });
    expect(releaseValues(stack)).toEqual({ crds: { enabled: true } });
  });

  test("rejects a release that does not support the cluster's version", () => {
    expect(() => certManagerWith(CertManagerRelease.of("v1.12.3"))).toViolate(ADD009, /use 1\.20 or 1\.21/);
    expect(() => certManagerWith(CertManagerRelease.of("v1.20.0"), KubernetesVersion.V1_36)).toViolate(ADD009, /1\.36/);
  });

  test("takes it as unsupported by a word, warns, and tells old charts in their words", () => {
    const { stack, made } = certManagerWith(CertManagerRelease.unsupported("v1.12.3"));
    expect(releaseValues(stack)).toEqual({ installCRDs: true });
    expect(made.node.metadata.map(({ data }) => String(data))).toEqual([expect.stringMatching(/nobody supports it/)]);
  });

  test("rejects the stack that makes its cluster", () => {
    const { stack, cluster } = eksStack();
    const release = CertManagerRelease.of("v1.21.0");
    expect(() => new CertManager(stack, "CertManager", { cluster, release })).toViolate(ADD001);
  });
});
