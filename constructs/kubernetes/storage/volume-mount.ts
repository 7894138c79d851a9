import { defined } from "../../core/defined";
import type { Size } from "../../core/size";
import type { Location, Violation } from "../../core/violation";
import { isToken } from "../../core/token";
import { quantityOf } from "../quantity";
import { KUB038, KUB039 } from "../workload/rules";
import type { Secrets } from "../settings/secrets";
import type { Settings } from "../settings/settings";
import type { IClaim } from "./claim";

/** Options of a mounted claim. */
export interface ClaimMount {
  /** Whether the container can only read. @default false */
  readonly readOnly?: boolean;
  /** Directory of the volume that is mounted. @default - the whole volume */
  readonly subPath?: string;
}

/** Options of an empty volume. */
export interface ScratchMount {
  /** Size at which the pod is evicted. @default - the free space of the node */
  readonly size?: Size;
  /** Whether it is in memory, which counts as memory of the container. @default false */
  readonly inMemory?: boolean;
}

/** What is mounted, apart from its path. */
interface Settled {
  readonly volume: Readonly<Record<string, unknown>>;
  readonly mount: Readonly<Record<string, unknown>>;
  readonly claim?: IClaim;
  readonly secrets?: Secrets;
  readonly owner?: { readonly namespace: string; readonly fqn?: string; readonly text: string };
  readonly subPath?: string;
}

/**
 * Defines what a container sees in a directory.
 *
 * @example
 * volumes: {
 *   "/srv/files": VolumeMount.claim(files),
 *   "/etc/web": VolumeMount.settings(settings),
 *   "/run/secrets/web": VolumeMount.secrets(secrets),
 *   "/tmp": VolumeMount.scratch({ size: Size.gibibytes(1) }),
 * }
 */
export class VolumeMount {
  /** The volume of a claim, or a directory of it. */
  static claim(claim: IClaim, { readOnly = false, subPath }: ClaimMount = {}): VolumeMount {
    const { claimName, namespace, fqn } = claim;
    return new VolumeMount({
      volume: { persistentVolumeClaim: { claimName, ...(readOnly ? { readOnly } : {}) } },
      mount: { ...(readOnly ? { readOnly } : {}), ...defined({ subPath }) },
      claim,
      owner: { namespace, text: `claim ${claimName}`, ...defined({ fqn }) },
      ...defined({ subPath }),
    });
  }

  /** Settings as files: one for each value. */
  static settings(settings: Settings): VolumeMount {
    const { settingsName, namespace, fqn } = settings;
    return new VolumeMount({
      volume: { configMap: { name: settingsName } },
      mount: { readOnly: true },
      owner: { namespace, fqn, text: `settings ${settingsName}` },
    });
  }

  /** Secrets as files in memory: one for each value. */
  static secrets(secrets: Secrets): VolumeMount {
    const { secretsName, namespace, fqn } = secrets;
    return new VolumeMount({
      volume: {
        csi: {
          driver: "secrets-store.csi.k8s.io",
          readOnly: true,
          volumeAttributes: { secretProviderClass: secretsName },
        },
      },
      mount: { readOnly: true },
      secrets,
      owner: { namespace, fqn, text: `secrets ${secretsName}` },
    });
  }

  /** An empty directory with the lifetime of the pod. */
  static scratch({ size, inMemory = false }: ScratchMount = {}): VolumeMount {
    return new VolumeMount({
      volume: {
        emptyDir: { ...(inMemory ? { medium: "Memory" } : {}), ...defined({ sizeLimit: size && quantityOf(size) }) },
      },
      mount: {},
    });
  }

  private constructor(private readonly settled: Settled) {}

  /** The mounted claim; undefined for other volumes. */
  get claim(): IClaim | undefined {
    return this.settled.claim;
  }

  /** The mounted secrets; undefined for other volumes. */
  get secrets(): Secrets | undefined {
    return this.settled.secrets;
  }

  /** Whether the container can only read. */
  get isReadOnly(): boolean {
    return this.settled.mount["readOnly"] === true;
  }

  /** What pods with the mount depend on. */
  get dependencies(): readonly { readonly fqn: string }[] {
    const fqn = this.settled.owner?.fqn;
    return fqn === undefined ? [] : [{ fqn }];
  }

  /** Violations of the namespace and the directory of the volume. */
  violations(namespace: string, at: Location): Violation[] {
    const { owner, subPath } = this.settled;
    const isForeign =
      owner !== undefined && !isToken(namespace) && !isToken(owner.namespace) && owner.namespace !== namespace;
    const isOutside =
      subPath !== undefined && !isToken(subPath) && (subPath === "" || /^\/|(^|\/)\.\.(\/|$)/.test(subPath));
    return [
      ...(isForeign
        ? [
            KUB039.violation({
              at,
              given: `${owner.text} in namespace ${owner.namespace}, pods in ${namespace}`,
              fix: "create both in one namespace",
            }),
          ]
        : []),
      ...(isOutside
        ? [KUB038.violation({ at, given: `subPath "${subPath}"`, fix: "use a relative path below the volume" })]
        : []),
    ];
  }

  /**
   * Arguments of the pod and the container in the Terraform provider.
   * @internal
   */
  render(name: string, mountPath: string) {
    return { volume: { name, ...this.settled.volume }, mount: { name, mountPath, ...this.settled.mount } };
  }
}
