import { CREDENTIALS } from "@groundwork/local/aws/account";
import { awsEndpoints } from "@groundwork/local/aws/resource-types";
import type { Block } from "@groundwork/tooling/terraform/synthesized";
import { defined } from "@groundwork/constructs/core";

/** Region of providers that take theirs from the environment. */
export function defaultRegion(): string {
  return process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1";
}

/** The local cloud loses no call: a repeated one would only delay the report of an operation that it does not have. */
const MAX_RETRIES = 2;

/**
 * An AWS provider that connects to the local cloud.
 *
 * Of the user's settings only those remain that concern resources: region and tags. Accounts, profiles, roles and proxies belong to AWS.
 */
export function localAwsProvider({ alias, region, default_tags, ignore_tags }: Block): Block {
  return {
    ...defined({ alias, default_tags, ignore_tags }),
    region: region ?? defaultRegion(),
    access_key: CREDENTIALS.accessKeyId,
    secret_key: CREDENTIALS.secretAccessKey,
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    s3_use_path_style: true,
    max_retries: MAX_RETRIES,
    endpoints: [Object.fromEntries(awsEndpoints().map((service) => [service, "${var.local_endpoint}"]))],
  };
}
