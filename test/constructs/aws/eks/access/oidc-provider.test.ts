import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { OidcProvider } from "@groundwork/constructs/aws/eks/access/oidc-provider";
import { eksStack, foundCluster, resolved } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";

describe("OidcProvider", () => {
  test("makes the cluster's issuer known to IAM, for tokens that are meant for STS", () => {
    const { stack, cluster } = eksStack();
    const provider = new OidcProvider(stack, "Oidc", { cluster });
    const made = resource(stack, IamOpenidConnectProvider);
    expect(made).toMatchObject({ client_id_list: ["sts.amazonaws.com"] });
    expect(made["url"]).toMatch(/identity\[0\]\.oidc\[0\]\.issuer/);
    expect(resolved(stack, provider.issuer)).toMatch(/^\$\{trimprefix\(.*, "https:\/\/"\)\}$/);
  });

  test("of another stack is found by the cluster's issuer", () => {
    const { stack, cluster } = foundCluster();
    OidcProvider.fromCluster(stack, "Oidc", cluster);
    expect(resource(stack, DataAwsIamOpenidConnectProvider)["url"]).toMatch(/^\$\{data\.aws_eks_cluster\./);
    expect(resources(stack, IamOpenidConnectProvider)).toEqual([]);
  });
});
