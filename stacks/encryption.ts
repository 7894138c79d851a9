import { EncryptionKey, type IEncryptionKey, KeyUse, SecretsEncryption } from "@groundwork/constructs/aws";
import type { TerraformStack } from "cdktf";
import type { EksSettings, Environment } from "./environments/environment";

/** Creates the stack's key where the environment requests customer-managed keys; `undefined` means AWS's own keys. */
export function createEncryptionKey(stack: TerraformStack, environment: Environment): IEncryptionKey | undefined {
  return environment.aws.encryptionKeys === "account" ? new EncryptionKey(stack, "Key") : undefined;
}

/** Encryption of a cluster's secrets: with the given key, or with AWS's own key. */
export function secretsEncryptionWith(key: IEncryptionKey | undefined): SecretsEncryption {
  return key === undefined ? SecretsEncryption.keyOfAws() : SecretsEncryption.with(key);
}

/** Alias of the key of an `eks` stack, used by dependent stacks to find it. */
function clusterKeyName(clusterStack: string): string {
  return `${clusterStack}-key`;
}

/** The add-ons' log groups, which the key of the `eks` stack encrypts. */
function insightsLogs(eks: EksSettings): KeyUse {
  return KeyUse.cloudWatchLogs(`/aws/containerinsights/${eks.clusterName}/*`);
}

/** Creates the key of the `eks` stack. The `eks-addons` stack uses it too; creating a second key adds about 20 s. */
export function createClusterKey(
  stack: TerraformStack,
  environment: Environment,
  eks: EksSettings,
): IEncryptionKey | undefined {
  if (environment.aws.encryptionKeys !== "account") return undefined;
  const key = new EncryptionKey(stack, "Key", { aliasName: clusterKeyName(stack.node.id) });
  key.allow(insightsLogs(eks));
  return key;
}

/** Finds the key of an `eks` stack in a dependent stack. */
export function findClusterKey(
  stack: TerraformStack,
  environment: Environment,
  { eks, clusterStack }: { readonly eks: EksSettings; readonly clusterStack: string },
): IEncryptionKey | undefined {
  if (environment.aws.encryptionKeys !== "account") return undefined;
  return EncryptionKey.fromAlias(stack, "Key", clusterKeyName(clusterStack), insightsLogs(eks));
}
