import { mkdirSync } from "node:fs";
import { CREDENTIALS } from "./aws/account";
import { cacheDirectory } from "@groundwork/tooling/paths";
import { builtMirrors } from "@groundwork/tooling/terraform/built-providers";
import { cacheWords } from "@groundwork/tooling/terraform/plugin-cache";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import { findMirror, writeCliConfig } from "@groundwork/tooling/terraform/mirror";

/** What Terraform is told about the local cloud. */
export interface LocalTerraform {
  /** Address of the local cloud. */
  readonly endpoint: string;
  /** Where Terraform's settings are written. */
  readonly directory: string;
  /** What leads to the other parts of the cloud, by name. @default - nothing */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The environment in which Terraform meets the local cloud and nothing else.
 *
 * Real credentials are taken away: a call that misses the local cloud fails at AWS instead of doing something there.
 */
export function terraformEnvironment({ endpoint, directory, variables = {} }: LocalTerraform): NodeJS.ProcessEnv {
  const mirror = findMirror(process.env);
  const cache = cacheDirectory("terraform-providers");
  mkdirSync(cache, { recursive: true });
  return {
    ...withoutCloud(process.env, mirror !== undefined),
    TF_CLI_CONFIG_FILE: writeCliConfig(directory, [...(mirror === undefined ? [] : [mirror]), ...builtMirrors()]),
    ...(mirror === undefined ? cacheWords() : {}),
    TF_VAR_local_endpoint: endpoint,
    ...variables,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    // OpenStack's provider takes five seconds for a rule of a security group, one after the other in each group: with the usual
    // ten at a time most would wait for one group, and the others not be begun.
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

/** Without a mirror the provider is still to be downloaded, and whoever has a proxy needs it for that. */
function withoutCloud(environment: NodeJS.ProcessEnv, hasMirror: boolean): NodeJS.ProcessEnv {
  const unwanted = hasMirror
    ? /^AWS_|^OS_|^TF_(VAR|CLI|LOG|WORKSPACE|DATA)|_proxy$/i
    : /^AWS_|^OS_|^TF_(VAR|CLI|LOG|WORKSPACE|DATA)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !unwanted.test(name)));
}
