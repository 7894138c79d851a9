import { providerMirrors } from "./kubernetes/programs/provider-mirror";
import { RealPrograms } from "./kubernetes/programs/real-programs";
import { CREDENTIALS } from "./aws/account";
import { builtMirrors } from "@groundwork/tooling/terraform/built-providers";
import { findMirror, writeCliConfig } from "@groundwork/tooling/terraform/mirror";
import { pluginCacheEnvironment } from "@groundwork/tooling/terraform/plugin-cache";
import { terraformProgram } from "@groundwork/tooling/terraform/program";

/** Terraform's connection to the local cloud. */
export interface LocalTerraform {
  /** Endpoint of the local cloud. */
  readonly endpoint: string;
  /** Directory for Terraform's CLI configuration. */
  readonly directory: string;
  /** Environment variables that connect to the other parts of the cloud. @default - none */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The environment with which Terraform reaches the local cloud and no other.
 *
 * It contains no real credentials: a call that does not go to the local cloud is rejected by AWS.
 */
export function terraformEnvironment({ endpoint, directory, variables = {} }: LocalTerraform): NodeJS.ProcessEnv {
  const mirror = findMirror(process.env);
  return {
    // Most of a run on the local cloud is the start of the AWS provider, a quarter of it garbage collection.
    GOGC: "400",
    ...withoutCloud(process.env, mirror !== undefined),
    TF_CLI_CONFIG_FILE: writeCliConfig(directory, [
      ...providerMirrors(RealPrograms.from(), directory),
      ...(mirror === undefined ? [] : [mirror]),
      ...builtMirrors(),
    ]),
    ...(mirror === undefined ? pluginCacheEnvironment() : {}),
    TF_VAR_local_endpoint: endpoint,
    ...variables,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    // The OpenStack provider takes five seconds to delete a security group rule, one after another in each group: of the default
    // ten parallel operations most would wait for the same group.
    TF_CLI_ARGS_destroy: "-parallelism=40",
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: terraformProgram(),
    NO_PROXY: "127.0.0.1,localhost",
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}

/** Without a mirror the providers are downloaded, for which a proxy may be required. */
function withoutCloud(environment: NodeJS.ProcessEnv, hasMirror: boolean): NodeJS.ProcessEnv {
  const removed = hasMirror
    ? /^AWS_|^OS_|^TF_(VAR|CLI|LOG|WORKSPACE|DATA)|_proxy$/i
    : /^AWS_|^OS_|^TF_(VAR|CLI|LOG|WORKSPACE|DATA)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !removed.test(name)));
}
