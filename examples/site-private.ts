import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Domain, Fallback, Hosting, SiteCertificate, StaticSite } from "@groundwork/constructs/aws";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);
const virginia = new AwsProvider(stack, "virginia", { alias: "virginia", region: "us-east-1" });
const zone = { zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" };

// A single-page application in a private bucket, behind CloudFront, with a custom domain.
const shop = new StaticSite(stack, "Shop", {
  hosting: Hosting.cloudFront({
    fallback: Fallback.toIndex(),
    domain: Domain.of("shop.example.com", { zone, certificate: SiteCertificate.issuedBy(virginia) }),
  }),
});

new TerraformOutput(stack, "url", { value: shop.url });
app.synth();
