import { InstanceProfile } from "@groundwork/constructs/aws/iam/instance-profile";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { Trust } from "@groundwork/constructs/aws/iam/trust";
import { Region } from "@groundwork/constructs/aws/region";
import { StaticSite } from "@groundwork/constructs/aws/site/static-site";
import type { App } from "cdktf";
import { TerraformOutput, TerraformStack } from "cdktf";
import { makeBackend } from "./backend";
import { makeEncryptionKey } from "./encryption";
import type { Environment } from "./environments/environment";
import { accountOf, makeAwsProvider } from "./providers/aws";

/** The static site, and the role that may deploy it: the instance profile of the machine that runs its pipeline. */
export class SiteStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-site`);
    const { region, bucketName, hosting, forceDestroy } = environment.site;
    makeBackend(this, environment);
    makeAwsProvider(this, environment, region);

    const site = new StaticSite(this, "Site", {
      hosting: hosting(
        () => makeAwsProvider(this, environment, Region.of("us-east-1"), "virginia"),
        makeEncryptionKey(this, environment),
      ),
      bucketName: bucketName.replace("{account}", accountOf(this, environment)),
      forceDestroy,
    });
    const deployer = new Role(this, "Deployer", { trust: Trust.service("ec2.amazonaws.com") });
    site.grants.deploy(deployer);
    const profile = new InstanceProfile(this, "DeployerProfile", { role: deployer });

    new TerraformOutput(this, "url", { value: site.url });
    new TerraformOutput(this, "bucket_name", { value: site.bucket.bucketName });
    new TerraformOutput(this, "deployer_profile", { value: profile.instanceProfileName });
  }
}
