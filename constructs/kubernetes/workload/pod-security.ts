import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import { derivedLabel, OBJECT_NAMES } from "../names";
import { KUB017, KUB024 } from "../rules";
import { isWhole } from "../whole-number";

/** Security settings of a pod and its container, as arguments of the Terraform provider. */
interface RenderedSecurity {
  readonly pod: Readonly<Record<string, unknown>>;
  readonly container: Readonly<Record<string, unknown>>;
}

const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };
const NO_API_ACCESS = { automountServiceAccountToken: false, enableServiceLinks: false };

/**
 * Defines the security context of a pod.
 *
 * @example PodSecurity.nonRoot({ user: 10001, writable: ["/tmp"] }); PodSecurity.root()
 */
export class PodSecurity {
  /**
   * Meets the Pod Security Standard "restricted": no root user, no capabilities, no privilege escalation, the runtime's default
   * seccomp profile. The pod gets no token of the Kubernetes API.
   */
  static nonRoot(
    props: {
      /** Numeric id of the user, at least 1. @default - the user of the image, which must be a number other than 0 */
      readonly user?: number;
      /** Whether the root filesystem of the container is read-only. @default - when `writable` is given */
      readonly readOnlyFiles?: boolean;
      /** Directories that are writable nevertheless; each is an empty volume with the lifetime of the pod. @default - none */
      readonly writable?: readonly string[];
    } = {},
  ): PodSecurity {
    const { user, writable, readOnlyFiles = writable !== undefined } = props;
    if (user !== undefined && !isWhole(user, 1))
      throw KUB024.violation({
        at: "PodSecurity.nonRoot",
        given: `user ${user}`,
        fix: "use a whole number of at least 1",
      });
    const volumes = writableVolumes(writable ?? []);
    return new PodSecurity({
      pod: {
        ...NO_API_ACCESS,
        securityContext: { runAsNonRoot: true, ...defined({ runAsUser: user?.toString() }), ...SECCOMP },
        ...(volumes.length === 0 ? {} : { volume: volumes.map(({ name }) => ({ name, emptyDir: {} })) }),
      },
      container: {
        ...(volumes.length === 0
          ? {}
          : { volumeMount: volumes.map(({ name, directory }) => ({ name, mountPath: directory })) }),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: readOnlyFiles,
          capabilities: { drop: ["ALL"] },
        },
      },
    });
  }

  /** Meets the Pod Security Standard "baseline" only: for images that run as root, such as the official nginx. */
  static root(): PodSecurity {
    return new PodSecurity({
      pod: { ...NO_API_ACCESS, securityContext: SECCOMP },
      container: { securityContext: { allowPrivilegeEscalation: false } },
    });
  }

  /** No security settings: the defaults of image and cluster apply. */
  static unset(): PodSecurity {
    return new PodSecurity({ pod: {}, container: {} });
  }

  private constructor(
    /** @internal */
    readonly rendered: RenderedSecurity,
  ) {}
}

/** A volume for each directory, named after its path. */
function writableVolumes(
  directories: readonly string[],
): readonly { readonly name: string; readonly directory: string }[] {
  const paths = directories.map((directory) => directory.replace(/\/+$/, ""));
  const wrong = directories.filter(
    (directory, index) => !isWritable(directory) || paths.indexOf(paths[index] ?? "") !== index,
  );
  if (wrong.length > 0)
    throw KUB017.violation({
      at: "PodSecurity.nonRoot",
      given: `writable ${wrong.map((directory) => `"${directory}"`).join(", ")}`,
      fix: "give each directory once, as an absolute path such as /tmp or /var/cache/nginx",
    });
  return directories.map((directory, index) => ({ directory, name: volumeName(paths[index] ?? "") }));
}

/** Whether a directory can be mounted: an absolute path other than the root, without `..`, colons and control characters. */
function isWritable(directory: string): boolean {
  const steps = directory.replace(/\/+$/, "").split("/").slice(1);
  const isPlain = steps.length > 0 && steps.every((step) => !["", ".", ".."].includes(step));

  return isToken(directory) || (directory.startsWith("/") && isPlain && !/[:\u0000-\u001f\u007f]/.test(directory));
}

/** `/var/cache` becomes `var-cache`. Paths with other characters than letters and digits get a hash, so that names are distinct. */
function volumeName(path: string): string {
  const isDistinct = /^(\/[a-z0-9]+)+$/.test(path);
  return derivedLabel(isDistinct ? path.slice(1).replaceAll("/", "-") : path, OBJECT_NAMES.volume);
}
