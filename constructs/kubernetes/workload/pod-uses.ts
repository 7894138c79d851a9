import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { OBJECT_NAMES } from "../names";
import { KUB038, KUB039, KUB040 } from "./rules";
import type { Secrets } from "../settings/secrets";
import type { Settings } from "../settings/settings";
import { VolumeMount } from "../storage/volume-mount";
import type { EnvironmentSource } from "./environment";
import { isMountPath, volumeName } from "./mount-path";
import { PodSecurity } from "./pod-security";

/** What pods use in addition to their image: settings, secrets, volumes and registries. */
export interface PodUses {
  readonly namespace?: string;
  readonly serviceAccount?: string;
  readonly settings?: Settings;
  readonly secrets?: Secrets;
  readonly volumes?: Readonly<Record<string, VolumeMount>>;
  readonly pullSecrets?: readonly string[];
  readonly security?: PodSecurity;
}

type Rendered = Readonly<Record<string, unknown>>;

/** All mounts by path: those of the user, and that of secrets which are read as environment variables, without which no Secret exists. */
export function mountsOf({ volumes = {}, secrets }: PodUses): readonly (readonly [path: string, mount: VolumeMount])[] {
  const given = Object.entries(volumes);
  return secrets === undefined || given.some(([, mount]) => mount.secrets === secrets)
    ? given
    : [...given, [`/mnt/secrets-store/${secrets.secretsName}`, VolumeMount.secrets(secrets)]];
}

/** Environment variables from settings and secrets. */
export function environmentOf({ settings, secrets }: PodUses): readonly EnvironmentSource[] {
  return [
    ...(settings === undefined ? [] : [{ configMap: settings.settingsName }]),
    ...(secrets === undefined ? [] : [{ secret: secrets.secretsName }]),
  ];
}

/** What pods depend on: their settings, secrets and claims. */
export function dependenciesOf(uses: PodUses): readonly { readonly fqn: string }[] {
  const { settings, secrets } = uses;
  const found = [settings, secrets].flatMap((one) => (one === undefined ? [] : [{ fqn: one.fqn }]));
  const all = [...found, ...mountsOf(uses).flatMap(([, mount]) => mount.dependencies)];
  return all.filter(({ fqn }, index) => all.findIndex((other) => other.fqn === fqn) === index);
}

/** Security settings, volumes and registries of a pod, as arguments of the Terraform provider. */
export function renderPod(uses: PodUses): Rendered {
  const { security = PodSecurity.nonRoot(), pullSecrets = [] } = uses;
  const { pod } = security.rendered;
  const mounts = mountsOf(uses);
  const added = mounts.map(([path, mount]) => mount.render(nameOf(path), path).volume);
  const own = (pod["volume"] ?? []) as readonly unknown[];
  const isWriting = mounts.some(([, { claim, isReadOnly }]) => claim !== undefined && !isReadOnly);
  return {
    ...pod,
    ...(isWriting ? security.fileGroup : {}),
    ...(added.length === 0 ? {} : { volume: [...own, ...added] }),
    ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
  };
}

/** Security settings and mounts of a container, as arguments of the Terraform provider. */
export function renderMounts(uses: PodUses): Rendered {
  const { container } = (uses.security ?? PodSecurity.nonRoot()).rendered;
  const added = mountsOf(uses).map(([path, mount]) => mount.render(nameOf(path), path).mount);
  const own = (container["volumeMount"] ?? []) as readonly unknown[];
  return { ...container, ...(added.length === 0 ? {} : { volumeMount: [...own, ...added] }) };
}

/** Violations of what pods use. */
export function usesViolations(uses: PodUses, at: Location): Violation[] {
  const { namespace = "default", serviceAccount, settings } = uses;
  const mounts = mountsOf(uses);
  const secrets = mounts.find(([, mount]) => mount.secrets !== undefined);
  for (const name of uses.pullSecrets ?? []) Name.check(name, OBJECT_NAMES.secret, at);
  return [
    ...pathViolations(uses, at),
    ...mounts.flatMap(([, mount]) => mount.violations(namespace, at)),
    ...(settings === undefined || isToken(namespace) || settings.namespace === namespace
      ? []
      : [
          KUB039.violation({
            at,
            given: `settings ${settings.settingsName} in namespace ${settings.namespace}, pods in ${namespace}`,
            fix: "create both in one namespace",
          }),
        ]),
    ...(secrets !== undefined && serviceAccount === undefined
      ? [
          KUB040.violation({
            at,
            given: "secrets without a service account",
            fix: "set serviceAccount, the account whose role may read them",
          }),
        ]
      : []),
  ];
}

function pathViolations(uses: PodUses, at: Location): Violation[] {
  const own = (uses.security ?? PodSecurity.nonRoot()).rendered.container["volumeMount"] as
    readonly { readonly mountPath: string }[] | undefined;
  const taken = (own ?? []).map(({ mountPath }) => trimmed(mountPath));
  const paths = mountsOf(uses).map(([path]) => path);
  return paths
    .filter((path, index) => {
      const others = [...taken, ...paths.slice(0, index).map(trimmed)];
      return !isMountPath(path) || others.includes(trimmed(path));
    })
    .map((path) =>
      KUB038.violation({
        at,
        given: `"${path}"`,
        fix: "give each directory once, as an absolute path such as /srv/files",
      }),
    );
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}

function nameOf(path: string): string {
  return volumeName(trimmed(path));
}
