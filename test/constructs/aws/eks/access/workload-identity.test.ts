import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IdentityBinding } from "@groundwork/constructs/aws/eks/access/identity-binding";
import { OidcProvider } from "@groundwork/constructs/aws/eks/access/oidc-provider";
import { EKS015 } from "@groundwork/constructs/aws/eks/rules";
import { WorkloadIdentity } from "@groundwork/constructs/aws/eks/access/workload-identity";
import { ManagedPolicy } from "@groundwork/constructs/aws/iam/managed-policy";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { NAM001 } from "@groundwork/constructs/core/rules";
import { eksStack, importedCluster, resolved } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { statementsOf } from "../../../../support/policy";

const READER = { namespace: "reports", serviceAccount: "reader" };

describe("WorkloadIdentity", () => {
  test("associates a role with one service account of one cluster", () => {
    const { stack, cluster } = importedCluster();
    const identity = new WorkloadIdentity(stack, "Reports", { cluster, ...READER });
    expect(resource(stack, EksPodIdentityAssociation)).toMatchObject({
      cluster_name: "demo",
      namespace: "reports",
      service_account: "reader",
      role_arn: resolved(stack, identity.roleArn),
    });
    const [trust] = statementsOf(resource(stack, IamRole), "assume_role_policy");
    expect(trust).toMatchObject({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn": resolved(stack, cluster.clusterArn),
          "aws:RequestTag/kubernetes-namespace": "reports",
          "aws:RequestTag/kubernetes-service-account": "reader",
        },
      },
    });
    expect(identity.annotations).toEqual({});
  });

  test("trusts the OIDC issuer of the cluster with IRSA", () => {
    const { stack, cluster } = importedCluster();
    const provider = OidcProvider.fromCluster(stack, "Oidc", cluster);
    const identity = new WorkloadIdentity(stack, "Reports", {
      cluster,
      ...READER,
      binding: IdentityBinding.irsa(provider),
    });
    expect(resources(stack, EksPodIdentityAssociation)).toEqual([]);
    const trust = String(resource(stack, IamRole)["assume_role_policy"]);
    expect(trust).toContain("sts:AssumeRoleWithWebIdentity");
    expect(trust).toMatch(/StringEquals.*:aud":"sts\.amazonaws\.com"/);
    expect(trust).toMatch(/:sub":\["?system:serviceaccount:reports:reader/);
    expect(resolved(stack, identity.annotations)).toEqual({
      "eks.amazonaws.com/role-arn": `\${${resource(stack, IamRole).address}.arn}`,
    });
  });

  test("accepts grants and existing policies, and lists the dependencies of its pods", () => {
    const { stack, cluster } = importedCluster();
    const identity = new WorkloadIdentity(stack, "Reports", {
      cluster,
      ...READER,
      roleName: "reports",
      managedPolicies: [ManagedPolicy.ofAws("CloudWatchAgentServerPolicy")],
    });
    identity.addToPolicy(Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] }));
    expect(resource(stack, IamRole)).toMatchObject({ name: "reports" });
    expect(resources(stack, IamRolePolicy)).toHaveLength(1);
    // attachment, policy, association
    expect(identity.permissions).toHaveLength(3);
    expect(graphOf(stack).needs("aws_eks_pod_identity_association", "aws_iam_role_policy_attachment")).toBe(true);
  });

  test("depends on the Pod Identity agent when the stack creates it", () => {
    const { stack, cluster } = eksStack();
    new WorkloadIdentity(stack, "Reports", { cluster, ...READER });
    const [agent = ""] = graphOf(stack)
      .all("aws_eks_addon")
      .filter((address) => address.includes("pod-identity-agent"));
    expect(graphOf(stack).needs("aws_eks_pod_identity_association", agent)).toBe(true);
  });

  test.each([
    ["3scale", "b.c"],
    ["1", "3reader"],
  ])("accepts the namespace %s and the service account %s", (namespace, serviceAccount) => {
    const { stack, cluster } = importedCluster();
    expect(() => new WorkloadIdentity(stack, "Reports", { cluster, namespace, serviceAccount })).not.toThrow();
  });

  test("rejects a second role for a service account", () => {
    const { stack, cluster } = importedCluster();
    new WorkloadIdentity(stack, "Reports", { cluster, ...READER });
    const again = () => new WorkloadIdentity(stack, "Again", { cluster, ...READER });
    expect(again).toViolate(EKS015, /service account reports\/reader/);
  });

  test.each([{ namespace: "Reports" }, { serviceAccount: "reports/reader" }])(
    "rejects the invalid name %j",
    (wrong) => {
      const { stack, cluster } = importedCluster();
      expect(() => new WorkloadIdentity(stack, "Reports", { cluster, ...READER, ...wrong })).toViolate(NAM001);
    },
  );
});
