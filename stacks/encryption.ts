import type { IEncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import type { TerraformStack } from "cdktf";
import type { Environment } from "./environments/environment";

/** Makes the stack's own key where the environment wants one; undefined leaves encryption to AWS's keys. */
export function makeEncryptionKey(stack: TerraformStack, environment: Environment): IEncryptionKey | undefined {
  return environment.aws.encryptionKeys === "account" ? new EncryptionKey(stack, "Key") : undefined;
}
