import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import { hashOf } from "../../core/text";
import { isToken } from "../../core/token";
import { type Violation, Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB036 } from "./rules";

/** Limits of a ConfigMap. Source: `pkg/apis/core/validation` of Kubernetes 1.35. */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const MAX_BYTES = 1024 * 1024;

/** Properties of {@link Settings}. */
export interface SettingsProps {
  /** Beginning of the name; eight digits of the hash of the values follow. */
  readonly name: string;
  /** Values by name: environment variables of a container, or files in a directory. They are stored in plain text: not for secrets. */
  readonly values: Readonly<Record<string, string>>;
  /** Namespace of the pods that use them. @default "default" */
  readonly namespace?: string;
  /** Resources that are created before the settings and destroyed after them. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines settings of pods: environment variables, or files.
 *
 * Creates a ConfigMap whose name ends in a hash of its values. Other values have another name, so pods are replaced gradually, as for a
 * new image, and old pods keep the values they started with. Free of charge.
 *
 * Errors: KUB036, NAM001, NAM002.
 *
 * @example
 * const settings = new Settings(this, "Settings", { name: "web", values: { LOG_LEVEL: "info" } });
 * new WebService(this, "Web", { ...web, settings });
 */
export class Settings extends Construct implements ITerraformDependable {
  /** Name of the ConfigMap. */
  readonly settingsName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Names of the values. */
  readonly names: readonly string[];
  /** For `dependsOn` of pods that use them. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: SettingsProps) {
    super(scope, id);
    const { name, values, namespace = "default" } = props;
    Name.check(namespace, OBJECT_NAMES.namespace, this);
    const entries = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
    Violations.throwIfAny(this.valueViolations(entries));
    // A value that is known only after apply can change under one name, so such settings are changed in place.
    const isKnown = !entries.some(([, value]) => isToken(value));
    this.settingsName = isKnown ? `${name}-${hashOf(JSON.stringify(entries))}` : name;
    claimName(this.settingsName, OBJECT_NAMES.configMap, namespace, this);
    this.namespace = namespace;
    this.names = entries.map(([key]) => key);
    const resource = new ConfigMapV1(this, "Resource", {
      ...escaped({ metadata: { name: this.settingsName, namespace }, data: Object.fromEntries(entries) }),
      ...(isKnown ? { immutable: true, lifecycle: { createBeforeDestroy: true } } : {}),
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  private valueViolations(entries: readonly (readonly [string, string])[]): Violation[] {
    const size = entries.reduce((bytes, [key, value]) => bytes + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
    return [
      ...(entries.length === 0 ? [KUB036.violation({ at: this, given: "no value", fix: "give at least one" })] : []),
      ...entries
        .filter(([key]) => !KEY.test(key) || /^\.\.?$|^\.\./.test(key))
        .map(([key]) =>
          KUB036.violation({
            at: this,
            given: `name "${key}"`,
            fix: "use letters, digits, hyphens, dots and underscores",
          }),
        ),
      ...(size <= MAX_BYTES
        ? []
        : [KUB036.violation({ at: this, given: `${size} bytes`, fix: "keep at most 1 MiB, or use a volume" })]),
    ];
  }
}
