import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Network, Region, StaticSite } from "@groundwork/constructs/aws";
import { Cidr } from "@groundwork/constructs/core";
import { GitLabConfiguration, GitLabRunner, GitLabServer, GitLabVersion, Tls } from "@groundwork/constructs/gitlab";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "us-west-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const network = new Network(stack, "Network", {
  cidr: Cidr.parse("10.30.0.0/16"),
  zones: Region.of("us-west-2").zones("a"),
});
const [front] = network.subnetsOf("public");
const [back] = network.subnetsOf("private");
if (front === undefined || back === undefined) throw new Error("expected a subnet in each tier");

// A server with an imported project, and a runner with permission to deploy the site, without manual steps in a browser.
const server = new GitLabServer(stack, "Server", {
  network,
  subnet: front,
  version: GitLabVersion.of("18.11.2"),
  tls: Tls.letsEncrypt({ contact: "operations@example.com" }),
  url: "https://gitlab.example.com",
  publicAddress: true,
  configuration: GitLabConfiguration.of({
    group: "web",
    project: "site",
    importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
    runnerTokenParameter: "/example/gitlab/runner-token",
  }),
});
new StaticSite(stack, "Site").grants.deploy(new GitLabRunner(stack, "Runner", { server, subnet: back }));

new TerraformOutput(stack, "url", { value: server.url });
app.synth();
