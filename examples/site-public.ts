import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Hosting, Role, StaticSite, Trust } from "@groundwork/constructs/aws";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "us-west-2" });

// A bucket that anybody reads over plain HTTP.
const site = new StaticSite(stack, "Site", {
  hosting: Hosting.publicWebsite(),
  bucketName: "my-static-website-111122223333",
});

// The one role that may write it, for the machine that runs its pipeline.
const runner = new Role(stack, "Runner", { trust: Trust.service("ec2.amazonaws.com") });
site.grants.deploy(runner);

new TerraformOutput(stack, "url", { value: site.url });
app.synth();
