import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { OidcProvider } from "@groundwork/constructs/aws/eks/access/oidc-provider";
import { eksStack, importedCluster, resolved } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";

describe("OidcProvider", () => {
  test("registers the cluster's issuer in IAM, for tokens with the audience STS", () => {
    const { stack, cluster } = eksStack();
    const provider = new OidcProvider(stack, "Oidc", { cluster });
    const created = resource(stack, IamOpenidConnectProvider);
    expect(created).toMatchObject({ client_id_list: ["sts.amazonaws.com"] });
    expect(created["url"]).toMatch(/identity\[0\]\.oidc\[0\]\.issuer/);
    expect(resolved(stack, provider.issuer)).toMatch(/^\$\{trimprefix\(.*, "https:\/\/"\)\}$/);
  });

  test("imports the provider of another stack by the cluster's issuer", () => {
    const { stack, cluster } = importedCluster();
    OidcProvider.fromCluster(stack, "Oidc", cluster);
    expect(resource(stack, DataAwsIamOpenidConnectProvider)["url"]).toMatch(/^\$\{data\.aws_eks_cluster\./);
    expect(resources(stack, IamOpenidConnectProvider)).toEqual([]);
  });
});
