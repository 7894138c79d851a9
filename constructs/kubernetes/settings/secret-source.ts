import { defined } from "../../core/defined";
import type { Location, Violation } from "../../core/violation";
import { isToken } from "../../core/token";
import { toYaml } from "../manifest/yaml";
import { KUB037 } from "./rules";

/** A secret of Secrets Manager: all of it, or one key of its JSON. */
export type ManagedSecret = string | { readonly secret: string; readonly key: string };

/** Values in Parameter Store or Secrets Manager. */
export interface AwsSecrets<T> {
  /** Name or ARN of each secret, by the name that pods see. */
  readonly values: Readonly<Record<string, T>>;
  /** Region of the secrets. @default - the region of the node */
  readonly region?: string;
  /** How pods assume their role, as in the `IdentityBinding` of their `WorkloadIdentity`. @default "pod-identity" */
  readonly identity?: "pod-identity" | "irsa";
}

/** Values in OpenBao. */
export interface OpenBaoSecrets {
  /** Path in OpenBao and key of each secret, by the name that pods see, such as `{ path: "secret/data/shop", key: "password" }`. */
  readonly values: Readonly<Record<string, { readonly path: string; readonly key: string }>>;
  /** Role of OpenBao's authentication method for Kubernetes, which admits the service account of the pods. */
  readonly role: string;
  /** Address of OpenBao. @default - that of the provider's installation */
  readonly address?: string;
}

/** The specification of a SecretProviderClass. */
interface ProviderSpec {
  readonly provider: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Defines where the values of secrets are, and which of them pods get. It contains names of secrets, never their values.
 *
 * @example
 * SecretSource.parameterStore({ values: { DB_PASSWORD: "/shop/db-password" } });
 * SecretSource.secretsManager({ values: { DB_PASSWORD: { secret: "shop/db", key: "password" } } });
 * SecretSource.openBao({ role: "shop", values: { DB_PASSWORD: { path: "secret/data/shop", key: "password" } } });
 */
export class SecretSource {
  /** Parameters of Systems Manager Parameter Store. */
  static parameterStore({ values, ...settings }: AwsSecrets<string>): SecretSource {
    const objects = Object.entries(values).map(([name, parameter]) => ({
      objectName: parameter,
      objectType: "ssmparameter",
      objectAlias: name,
    }));
    return new SecretSource("parameter", Object.keys(values), Object.values(values), awsSpec(objects, settings));
  }

  /** Secrets of AWS Secrets Manager. */
  static secretsManager({ values, ...settings }: AwsSecrets<ManagedSecret>): SecretSource {
    const all = Object.entries(values);
    const whole = all.flatMap(([name, value]) =>
      typeof value === "string" ? [{ objectName: value, objectType: "secretsmanager", objectAlias: name }] : [],
    );
    const secrets = [...new Set(all.flatMap(([, value]) => (typeof value === "string" ? [] : [value.secret])))];
    const parts = secrets.map((secret, index) => ({
      objectName: secret,
      objectType: "secretsmanager",
      // The provider also writes the whole secret. Names of values do not begin with a digit.
      objectAlias: `${index}-secret`,
      jmesPath: all.flatMap(([name, value]) =>
        typeof value !== "string" && value.secret === secret
          ? [{ path: JSON.stringify(value.key), objectAlias: name }]
          : [],
      ),
    }));
    const used = [...all.flatMap(([, value]) => (typeof value === "string" ? [value] : [])), ...secrets];
    return new SecretSource("secret", Object.keys(values), used, awsSpec([...whole, ...parts], settings));
  }

  /** Secrets of OpenBao, such as the one of K-PaaS. */
  static openBao({ values, role, address }: OpenBaoSecrets): SecretSource {
    const objects = Object.entries(values).map(([name, { path, key }]) => ({
      objectName: name,
      secretPath: path,
      secretKey: key,
    }));
    const texts = Object.values(values).flatMap(({ path, key }) => [path, key]);
    return new SecretSource("path", Object.keys(values), [role, ...texts], {
      provider: "openbao",
      parameters: { roleName: role, ...defined({ openbaoAddress: address }), objects: toYaml(objects) },
    });
  }

  private constructor(
    private readonly noun: string,
    /** Names that pods see: of environment variables and files. */
    readonly names: readonly string[],
    /** Names or ARNs of the secrets, which the role of the pods may read. */
    readonly references: readonly string[],
    /** @internal */
    readonly spec: ProviderSpec,
  ) {}

  /** Violations of the names. */
  violations(at: Location): Violation[] {
    return [
      ...(this.names.length === 0 ? [KUB037.violation({ at, given: "no secret", fix: "name at least one" })] : []),
      ...this.names
        .filter((name) => !/^[A-Za-z_][\w.-]{0,252}$/.test(name))
        .map((name) => KUB037.violation({ at, given: `name "${name}"`, fix: "use a name such as DB_PASSWORD" })),
      ...this.references
        .filter((text) => !isToken(text) && !/^[\w/+=.@:-]{1,2048}$/.test(text))
        .map((text) =>
          KUB037.violation({
            at,
            given: `${this.noun} "${text.slice(0, 100)}"`,
            fix: "give its name, never its value",
          }),
        ),
    ];
  }
}

function awsSpec(
  objects: readonly object[],
  { region, identity = "pod-identity" }: { readonly region?: string; readonly identity?: "pod-identity" | "irsa" },
): ProviderSpec {
  return {
    provider: "aws",
    parameters: {
      ...defined({ region, usePodIdentity: identity === "pod-identity" ? "true" : undefined }),
      objects: toYaml(objects),
    },
  };
}
