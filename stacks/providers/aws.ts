import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { AwsProviderConfig, AwsProviderEndpoints } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion } from "@groundwork/constructs/aws/provider-version";
import type { Region } from "@groundwork/constructs/aws/region";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import { localVariable } from "./local-variable";

export type { AwsProvider };

/**
 * Every service the stacks call. A service that is missing here would be called on AWS itself even by `local`; a test
 * compares the list with the resource types in use.
 */
export const LOCAL_SERVICES = [
  "acm",
  "autoscaling",
  "cloudfront",
  "cloudwatch",
  "ec2",
  "ecr",
  "eks",
  "elbv2",
  "iam",
  "kms",
  "logs",
  "route53",
  "s3",
  "s3Control",
  "ssm",
  "sts",
] as const satisfies readonly (keyof AwsProviderEndpoints)[];

/**
 * Makes a stack's AWS provider.
 *
 * Ten retries outlast a burst of throttling or of server errors and still end within minutes when a call can never
 * succeed. Every taggable resource carries environment and stack: by these tags `npm run orphans` finds what Terraform
 * has lost.
 */
export function makeAwsProvider(
  stack: TerraformStack,
  environment: Environment,
  region: Region,
  alias?: string,
): AwsProvider {
  const { account, cloud, providerVersion } = environment.aws;
  AwsProviderVersion.require(stack, providerVersion);
  return new AwsProvider(stack, alias ?? "aws", {
    region: region.name,
    ...(alias === undefined ? {} : { alias }),
    maxRetries: 10,
    defaultTags: [{ tags: { Environment: environment.name, Stack: stack.node.id, ManagedBy: "groundwork" } }],
    ...(account === "caller" ? {} : { allowedAccountIds: [account] }),
    ...(cloud === "local" ? emulated(stack) : {}),
  });
}

/** Number of the account the stack is deployed to: as the file pins it, else of whoever deploys. */
export function accountOf(stack: TerraformStack, environment: Environment): string {
  const { account } = environment.aws;
  return account === "caller" ? new DataAwsCallerIdentity(stack, "Caller").accountId : account;
}

/** Role or user that deploys: of a session, the role behind it. Somebody else's deployment would be another answer. */
export function callerPrincipalOf(stack: TerraformStack): string {
  const caller = new DataAwsCallerIdentity(stack, "Deployer");
  return new DataAwsIamSessionContext(stack, "DeployerRole", { arn: caller.arn }).issuerArn;
}

/** Settings that lead to the emulators of `npm run local` and to nothing else. The credentials are words, not secrets. */
function emulated(stack: TerraformStack): Partial<AwsProviderConfig> {
  const endpoint = localVariable(stack, "local_endpoint", {
    default: "http://127.0.0.1:4566",
    description: "address of the local cloud",
  });
  return {
    accessKey: "test",
    secretKey: "test",
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
    s3UsePathStyle: true,
    endpoints: [Object.fromEntries(LOCAL_SERVICES.map((service) => [service, endpoint]))],
  };
}
