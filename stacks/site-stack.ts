import { InstanceProfile, Region, Role, SiteCertificate, StaticSite, TrustPolicy } from "@groundwork/constructs/aws";
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { createBackend } from "./backend";
import { createEncryptionKey } from "./encryption";
import type { Environment, SiteSettings } from "./environments/environment";
import { deployingMachineRole } from "./environments/sections";
import { accountOf, createAwsProvider } from "./providers/aws";

export interface SiteStackProps {
  readonly environment: Environment;
  readonly site: SiteSettings;
}

/**
 * Machines with the instance profile, and the runner of the GitLab stack, which gives its jobs temporary credentials of the role. The
 * GitLab stack is created later: IAM accepts the name of a role that does not exist yet in a condition only.
 */
function deployerTrust(id: string, { environment, site }: SiteStackProps, account: string): TrustPolicy {
  const machines = TrustPolicy.service("ec2.amazonaws.com");
  const name = deployingMachineRole(environment, id);
  if (name === undefined) return machines;
  const runner = `arn:${site.region.partition}:iam::${account}:role/${name}`;
  return TrustPolicy.anyOf(machines, TrustPolicy.account(account).when({ ArnEquals: { "aws:PrincipalArn": runner } }));
}

/** The static site, and the role that may deploy it, as an instance profile for the machine that runs its pipeline. */
export class SiteStack extends TerraformStack {
  constructor(app: App, id: string, props: SiteStackProps) {
    super(app, id);
    const { environment } = props;
    const { region, bucketName, hosting, forceDestroy } = props.site;
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
    const deployer = new Role(this, "Deployer", { trust: deployerTrust(id, props, account) });
    site.grants.deploy(deployer);
    const profile = new InstanceProfile(this, "DeployerProfile", { role: deployer });

    new TerraformOutput(this, "url", { value: site.url });
    new TerraformOutput(this, "bucket_name", { value: site.bucket.bucketName });
    new TerraformOutput(this, "deployer_profile", { value: profile.instanceProfileName });
  }
}
