import { InstanceProfile, Region, Role, SiteCertificate, StaticSite, TrustPolicy } from "@groundwork/constructs/aws";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { createEncryptionKey } from "./encryption";
import type { Environment } from "./environments/environment";
import { accountOf, createAwsProvider } from "./providers/aws";

/** The static site, and the role that may deploy it, as an instance profile for the machine that runs its pipeline. */
export class SiteStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-site`);
    const { region, bucketName, hosting, forceDestroy } = environment.site;
    createBackend(this, environment);
    createAwsProvider(this, environment, region);

    const site = new StaticSite(this, "Site", {
      hosting: hosting(
        () => SiteCertificate.issuedBy(createAwsProvider(this, environment, Region.of("us-east-1"), "virginia")),
        createEncryptionKey(this, environment),
      ),
      bucketName: bucketName.replace("{account}", accountOf(this, environment)),
      forceDestroy,
    });
    const deployer = new Role(this, "Deployer", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    site.grants.deploy(deployer);
    const profile = new InstanceProfile(this, "DeployerProfile", { role: deployer });

    new TerraformOutput(this, "url", { value: site.url });
    new TerraformOutput(this, "bucket_name", { value: site.bucket.bucketName });
    new TerraformOutput(this, "deployer_profile", { value: profile.instanceProfileName });
  }
}
