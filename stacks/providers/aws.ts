import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { AwsProvider, type AwsProviderConfig, type AwsProviderEndpoints } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, type Region } from "@groundwork/constructs/aws";
import { defined } from "@groundwork/constructs/core";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../environments/environment";
import { localVariable } from "./local-variable";

export type { AwsProvider };

/**
 * Every service that the stacks call. The provider would call a missing service on AWS itself, even for `local`; a test compares the
 * list with the resource types in use.
 */
export const LOCAL_SERVICES = [
  "acm",
  "autoscaling",
  "cloudfront",
  "codebuild",
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
 * Creates a stack's AWS provider.
 *
 * Ten retries outlast a burst of throttling or server errors, and a call that can never succeed still fails within minutes. Every
 * taggable resource has tags with its environment and stack, by which `groundwork orphans` finds orphaned resources.
 */
export function createAwsProvider(
  stack: TerraformStack,
  environment: Environment,
  region: Region,
  alias?: string,
): AwsProvider {
  const { account, cloud, providerVersion } = environment.aws;
  AwsProviderVersion.require(stack, providerVersion);
  return new AwsProvider(stack, alias ?? "aws", {
    region: region.name,
    ...defined({ alias }),
    maxRetries: 10,
    defaultTags: [{ tags: { Environment: environment.name, Stack: stack.node.id, ManagedBy: "groundwork" } }],
    ...(account === "caller" ? {} : { allowedAccountIds: [account] }),
    ...(cloud === "local" ? emulatorSettings(stack) : {}),
  });
}

/** Id of the account that the stack is deployed to: the one in the environment file, or that of the credentials. */
export function accountOf(stack: TerraformStack, environment: Environment): string {
  const { account } = environment.aws;
  return account === "caller" ? new DataAwsCallerIdentity(stack, "Caller").accountId : account;
}

/** ARN of the deploying user or role; for a session, of its role. A deployment by another principal changes the value. */
export function deployerArn(stack: TerraformStack): string {
  const caller = new DataAwsCallerIdentity(stack, "Deployer");
  return new DataAwsIamSessionContext(stack, "DeployerRole", { arn: caller.arn }).issuerArn;
}

/** Settings for the emulators of `groundwork local`. The credentials are placeholders, not secrets. */
function emulatorSettings(stack: TerraformStack): Partial<AwsProviderConfig> {
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
