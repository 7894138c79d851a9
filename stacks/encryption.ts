import type { IEncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { SecretsEncryption } from "@groundwork/constructs/aws/eks/secrets-encryption";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { KeyUse } from "@groundwork/constructs/aws/encryption/key-use";
import type { TerraformStack } from "cdktf";
import type { Environment } from "./environments/environment";

/** Makes the stack's own key where the environment wants one; undefined leaves encryption to AWS's keys. */
export function makeEncryptionKey(stack: TerraformStack, environment: Environment): IEncryptionKey | undefined {
  return environment.aws.encryptionKeys === "account" ? new EncryptionKey(stack, "Key") : undefined;
}

/** Whose key encrypts the secrets of a cluster: the stack's where it has one, else AWS's. */
export function secretsEncryptionWith(key: IEncryptionKey | undefined): SecretsEncryption {
  return key === undefined ? SecretsEncryption.keyOfAws() : SecretsEncryption.with(key);
}

/** Alias of the key of the cluster's stack, by which a later stack finds it. */
function clusterKeyName(environment: Environment): string {
  return `${environment.name}-eks-key`;
}

/** What the add-ons write to, under the key of the cluster's stack. */
function insightsLogs({ eks }: Environment): KeyUse {
  return KeyUse.cloudWatchLogs(`/aws/containerinsights/${eks.clusterName}/*`);
}

/** Makes the key of the cluster's stack, which the stack of its add-ons uses too: a second key is twenty seconds of waiting. */
export function makeClusterKey(stack: TerraformStack, environment: Environment): IEncryptionKey | undefined {
  if (environment.aws.encryptionKeys !== "account") return undefined;
  const key = new EncryptionKey(stack, "Key", { aliasName: clusterKeyName(environment) });
  key.allow(insightsLogs(environment));
  return key;
}

/** Finds that key, in a stack that comes after the cluster's. */
export function findClusterKey(stack: TerraformStack, environment: Environment): IEncryptionKey | undefined {
  if (environment.aws.encryptionKeys !== "account") return undefined;
  return EncryptionKey.fromAlias(stack, "Key", clusterKeyName(environment), insightsLogs(environment));
}
