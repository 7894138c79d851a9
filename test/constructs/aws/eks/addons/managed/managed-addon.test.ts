import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Addon } from "@groundwork/constructs/aws/eks/addons/managed/addon";
import { AddonVersion } from "@groundwork/constructs/aws/eks/addons/managed/addon-version";
import { ADD002, ADD003, ADD004, ADD005, ADD006, ADD013 } from "@groundwork/constructs/aws/eks/addons/rules";
import { IdentityBinding } from "@groundwork/constructs/aws/eks/access/identity-binding";
import { ManagedAddon, type ManagedAddonProps } from "@groundwork/constructs/aws/eks/addons/managed/managed-addon";
import { OidcProvider } from "@groundwork/constructs/aws/eks/access/oidc-provider";
import { Scaling } from "@groundwork/constructs/aws/eks/nodes/scaling";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { eksStack, importedCluster, resolved } from "../../../../../support/cluster";
import { resource, resources } from "../../../../../support/fixture";
import { graphOf } from "../../../../../support/graph";

const POD = IdentityBinding.podIdentity();

function addonWith(addon: Addon, props: Partial<ManagedAddonProps> = {}) {
  const { stack, cluster } = importedCluster();
  return { stack, cluster, managed: new ManagedAddon(stack, "Addon", { cluster, addon, ...props }) };
}

describe("ManagedAddon", () => {
  test("runs the EKS default for the cluster's version, the newest, or a pinned version", () => {
    const { stack } = addonWith(Addon.METRICS_SERVER);
    expect(resource(stack, DataAwsEksAddonVersion)).toMatchObject({ kubernetes_version: "1.35", most_recent: false });
    const newest = addonWith(Addon.METRICS_SERVER, { version: AddonVersion.newest() }).stack;
    expect(resource(newest, DataAwsEksAddonVersion)["most_recent"]).toBe(true);
    const pinned = addonWith(Addon.KUBE_PROXY, { version: AddonVersion.pinned("v1.35.0-eksbuild.2") }).stack;
    expect(resource(pinned, EksAddon)["addon_version"]).toBe("v1.35.0-eksbuild.2");
    expect(resources(pinned, DataAwsEksAddonVersion)).toEqual([]);
  });

  test("has only the role that its service account needs", () => {
    const { stack, managed } = addonWith(Addon.EBS_CSI_DRIVER, { identity: POD });
    expect(resource(stack, IamRolePolicyAttachment)["policy_arn"]).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    );
    expect(resource(stack, EksPodIdentityAssociation)).toMatchObject({ service_account: "ebs-csi-controller-sa" });
    expect(resource(stack, EksAddon)).not.toHaveProperty("service_account_role_arn");
    expect(graphOf(stack).needs("aws_eks_addon", "aws_eks_pod_identity_association")).toBe(true);
    expect(managed.identity?.namespace).toBe("kube-system");
  });

  test("sets its service account role with IRSA", () => {
    const { stack, cluster } = importedCluster();
    const identity = IdentityBinding.irsa(OidcProvider.fromCluster(stack, "Oidc", cluster));
    const managed = new ManagedAddon(stack, "Addon", { cluster, addon: Addon.VPC_CNI, identity });
    expect(resource(stack, EksAddon)["service_account_role_arn"]).toBe(resolved(stack, managed.identity?.roleArn));
  });

  test("renders its configuration deterministically", () => {
    const { stack } = addonWith(Addon.COREDNS, { configuration: { replicaCount: 3, autoScaling: { enabled: false } } });
    const text = String(resource(stack, EksAddon)["configuration_values"]);
    expect(JSON.parse(text)).toEqual({ autoScaling: { enabled: false }, replicaCount: 3 });
    expect(text.indexOf("autoScaling")).toBeLessThan(text.indexOf("replicaCount"));
  });

  test("supports add-ons that the library does not list", () => {
    const dns = Addon.of("external-dns", { order: "after-nodes", serviceAccount: ["external-dns", "external-dns"] });
    const { managed } = addonWith(dns, { identity: POD });
    expect([managed.addonName, managed.identity?.serviceAccount]).toEqual(["external-dns", "external-dns"]);
    expect(() => addonWith(dns)).toViolate(ADD002);
  });

  test("rejects an add-on that calls AWS without an identity", () => {
    expect(() => addonWith(Addon.EBS_CSI_DRIVER)).toViolate(ADD002, /aws-ebs-csi-driver without an identity/);
    expect(() => addonWith(Addon.COREDNS, { identity: POD })).toViolate(ADD002, /does not call AWS/);
  });

  test("rejects an add-on in the wrong order relative to the nodes", () => {
    const { stack, cluster } = eksStack();
    const add = (addon: Addon) => () => new ManagedAddon(stack, addon.name, { cluster, addon });
    expect(add(Addon.COREDNS)).toViolate(ADD003, /coredns before any node group/);
    cluster.addNodeGroup("Nodes", { instanceTypes: ["m7g.large"], scaling: Scaling.fixed(2) });
    expect(add(Addon.of("cilium", { order: "before-nodes" }))).toViolate(ADD003, /after the first node group/);
    expect(add(Addon.METRICS_SERVER)).not.toThrow();
  });

  test("rejects an add-on that the cluster already has", () => {
    const { stack, cluster } = addonWith(Addon.METRICS_SERVER);
    const again = () => new ManagedAddon(stack, "Again", { cluster, addon: Addon.METRICS_SERVER });
    expect(again).toViolate(ADD004, /metrics-server/);
  });

  test("rejects Pod Identity for the network plugin", () => {
    expect(() => addonWith(Addon.VPC_CNI, { identity: POD })).toViolate(ADD005);
  });

  test.each(["1.20.4", "v1.20.4", "latest", "v1.20-eksbuild.1"])("rejects the version %s", (version) => {
    expect(() => AddonVersion.pinned(version)).toViolate(ADD006, /v1\.20\.4-eksbuild\.2/);
  });

  test("rejects kube-proxy of another minor version than the cluster", () => {
    const version = AddonVersion.pinned("v1.33.0-eksbuild.2");
    expect(() => addonWith(Addon.KUBE_PROXY, { version })).toViolate(ADD006, /in a cluster of version 1\.35/);
  });

  test.each(["", " ", "a b", "-x", "x".repeat(101)])("rejects the add-on %j", (name) => {
    expect(() => Addon.of(name, { order: "after-nodes" })).toViolate(ADD013);
  });

  test.each(["external-dns", "kubecost_kubecost", "Example_Addon"])("accepts the add-on %s", (name) => {
    expect(Addon.of(name, { order: "after-nodes" }).name).toBe(name);
  });

  test("rejects a service account that is no name of an object", () => {
    expect(() => Addon.of("x", { order: "after-nodes", serviceAccount: ["kube-system", "A b"] })).toViolate(NAM001);
    expect(() => Addon.of("x", { order: "after-nodes", serviceAccount: ["kube.system", "a"] })).toViolate(NAM001);
  });
});
