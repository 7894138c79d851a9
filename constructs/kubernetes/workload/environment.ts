import type { Location, Violation } from "../../core/violation";
import { OBJECT_NAMES } from "../names";
import { KUB027 } from "../rules";
import { isToken } from "../../core/token";

/** Environment variables from an existing object of the same namespace: all of its entries, by their keys. */
export type EnvironmentSource = { readonly secret: string } | { readonly configMap: string };

/**
 * Names that every supported version accepts and that programs can read. From 1.32 on the API server also accepts other printable
 * characters except `=`, and a digit at the start. Source: the feature gate RelaxedEnvironmentVariableValidation.
 */
const NAME = /^(?!\.{1,2}$)(?!\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Violations of the names of environment variables and of the objects that they come from. */
export function environmentViolations(
  environment: Readonly<Record<string, string>>,
  sources: readonly EnvironmentSource[],
  at: Location,
): Violation[] {
  const fix =
    "use letters, digits, underscores, hyphens and dots, with a letter or underscore at the start, such as LOG_LEVEL";
  return [
    ...Object.keys(environment)
      .filter((name) => !isToken(name) && !NAME.test(name))
      .map((name) => KUB027.violation({ at, given: `environment variable "${name}"`, fix })),
    ...Object.entries(environment)
      .filter(([, value]) => value.includes("\0"))
      .map(([name]) =>
        KUB027.violation({ at, given: `environment variable "${name}" with a null character`, fix: "remove it" }),
      ),
    ...sources
      .map((source) => ("secret" in source ? source.secret : source.configMap))
      .filter((name) => !isToken(name) && (name.length > 253 || !OBJECT_NAMES.secret.pattern.test(name)))
      .map((name) =>
        KUB027.violation({
          at,
          given: `environment from "${name}"`,
          fix: "name a Secret or ConfigMap of the namespace",
        }),
      ),
  ];
}

/** Arguments of a container in the Terraform provider. */
export function renderEnvironment(
  environment: Readonly<Record<string, string>>,
  sources: readonly EnvironmentSource[],
): Readonly<Record<string, unknown>> {
  const env = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const envFrom = sources.map((source) =>
    "secret" in source ? { secretRef: { name: source.secret } } : { configMapRef: { name: source.configMap } },
  );
  return { ...(env.length === 0 ? {} : { env }), ...(envFrom.length === 0 ? {} : { envFrom }) };
}
