import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Hosting, Role, StaticSite, TrustPolicy } from "@groundwork/constructs/aws";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "us-west-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

// A public bucket website over HTTP.
const site = new StaticSite(stack, "Site", {
  hosting: Hosting.publicWebsite(),
  bucketName: "my-static-website-111122223333",
});

// The only role with write access, for the machine that runs the pipeline.
const runner = new Role(stack, "Runner", { trust: TrustPolicy.service("ec2.amazonaws.com") });
site.grants.deploy(runner);

new TerraformOutput(stack, "url", { value: site.url });
app.synth();
