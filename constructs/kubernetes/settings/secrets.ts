import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import type { SecretSource } from "./secret-source";

/** Properties of {@link Secrets}. */
export interface SecretsProps {
  /** Name of the SecretProviderClass, and of the Secret for environment variables. */
  readonly name: string;
  /** Where the values are: `SecretSource.parameterStore(...)`, `.secretsManager(...)`, `.openBao(...)`. */
  readonly source: SecretSource;
  /** Namespace of the pods that use them. @default "default" */
  readonly namespace?: string;
  /** Resources that are created before the secrets and destroyed after them. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines secrets of pods, whose values come from Parameter Store, Secrets Manager or OpenBao when a pod starts.
 *
 * Creates a SecretProviderClass, which contains names only. The Secrets Store CSI driver reads the values with the identity of the pod and
 * mounts them in memory; only for environment variables it also writes a Secret, which exists as long as pods use it. Free of charge
 * except for requests of the source.
 *
 * Errors: KUB037, NAM001, NAM002.
 *
 * @example
 * const source = SecretSource.parameterStore({ values: { DB_PASSWORD: "/shop/db-password" } });
 * const secrets = new Secrets(this, "Secrets", { name: "api", source });
 * new WebService(this, "Api", { ...api, serviceAccount: "api", secrets });
 */
export class Secrets extends Construct implements ITerraformDependable {
  /** Name of the SecretProviderClass, and of the Secret for environment variables. */
  readonly secretsName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Names of the secrets that pods see. */
  readonly names: readonly string[];
  /** For `dependsOn` of pods that use them. */
  readonly fqn: string;
  private isEnvironment = false;

  constructor(scope: Construct, id: string, props: SecretsProps) {
    super(scope, id);
    const { name, source, namespace = "default" } = props;
    Name.check(namespace, OBJECT_NAMES.namespace, this);
    claimName(name, OBJECT_NAMES.secretProviderClass, namespace, this);
    this.secretsName = claimName(name, OBJECT_NAMES.secret, namespace, this);
    this.namespace = namespace;
    this.names = source.names;
    Violations.throwIfAny(source.violations(this));
    const { provider, parameters } = source.spec;
    const resource = new Manifest(this, "Resource", {
      manifest: escaped({
        apiVersion: "secrets-store.csi.x-k8s.io/v1",
        kind: "SecretProviderClass",
        metadata: { name, namespace },
        spec: { provider, parameters, secretObjects: Lazy.anyValue({ produce: () => this.secretObjects() }) },
      }),
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  /**
   * Records that pods read the secrets as environment variables: the driver then also writes them to a Secret.
   * @internal
   */
  useAsEnvironment(): void {
    this.isEnvironment = true;
  }

  private secretObjects(): readonly object[] | undefined {
    if (!this.isEnvironment) return undefined;
    const data = this.names.map((name) => ({ objectName: name, key: name }));
    return escaped([{ secretName: this.secretsName, type: "Opaque", data }]);
  }
}
