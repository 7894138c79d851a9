import { InstanceProfile, Region, Role, SiteCertificate, StaticSite, TrustPolicy } from "@groundwork/constructs/aws";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { createEncryptionKey } from "./encryption";
import type { Environment } from "./environments/environment";
import { accountOf, createAwsProvider } from "./providers/aws";

/**
 * Machines with the instance profile, and the runner of the GitLab stack, which gives its jobs temporary credentials of the role. The
 * GitLab stack is created later: IAM accepts the name of a role that does not exist yet in a condition only.
 */
function deployerTrust({ name, site }: Environment, account: string): TrustPolicy {
  const runner = `arn:${site.region.partition}:iam::${account}:role/${name}-gitlab-runner-machine-role`;
  return TrustPolicy.anyOf(
    TrustPolicy.service("ec2.amazonaws.com"),
    TrustPolicy.account(account).when({ ArnEquals: { "aws:PrincipalArn": runner } }),
  );
}

/** The static site, and the role that may deploy it, as an instance profile for the machine that runs its pipeline. */
export class SiteStack extends TerraformStack {
  constructor(app: App, environment: Environment) {
    super(app, `${environment.name}-site`);
    const { region, bucketName, hosting, forceDestroy } = environment.site;
    createBackend(this, environment);
    createAwsProvider(this, environment, region);

    const account = accountOf(this, environment);
    const site = new StaticSite(this, "Site", {
      hosting: hosting(
        () => SiteCertificate.issuedBy(createAwsProvider(this, environment, Region.of("us-east-1"), "virginia")),
        createEncryptionKey(this, environment),
      ),
      bucketName: bucketName.replace("{account}", account),
      forceDestroy,
    });
    const deployer = new Role(this, "Deployer", { trust: deployerTrust(environment, account) });
    site.grants.deploy(deployer);
    const profile = new InstanceProfile(this, "DeployerProfile", { role: deployer });

    new TerraformOutput(this, "url", { value: site.url });
    new TerraformOutput(this, "bucket_name", { value: site.bucket.bucketName });
    new TerraformOutput(this, "deployer_profile", { value: profile.instanceProfileName });
  }
}
