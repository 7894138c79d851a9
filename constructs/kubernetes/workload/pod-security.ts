import { defined } from "../../core/defined";
import { KUB017, KUB024 } from "../rules";
import { isWhole } from "../whole-number";
import { isMountPath, volumeName } from "./mount-path";

/** Security settings of a pod and its container, as arguments of the Terraform provider. */
interface RenderedSecurity {
  readonly pod: Readonly<Record<string, unknown>>;
  readonly container: Readonly<Record<string, unknown>>;
  /** Group to which the files of mounted claims belong. @default - the files stay as they are */
  readonly fileGroup?: string;
}

const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };

/** A group of files in mounted claims when the user is that of the image: its processes get this group in addition. */
const ANY_GROUP = 1000;
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
    const { user, writable = [], readOnlyFiles = props.writable !== undefined } = props;
    if (user !== undefined && !isWhole(user, 1))
      throw KUB024.violation({
        at: "PodSecurity.nonRoot",
        given: `user ${user}`,
        fix: "use a whole number of at least 1",
      });
    const volumes = writableVolumes(writable);
    return new PodSecurity({
      pod: {
        ...NO_API_ACCESS,
        securityContext: { runAsNonRoot: true, ...defined({ runAsUser: user?.toString() }), ...SECCOMP },
        ...(volumes.length === 0 ? {} : { volume: volumes.map(({ name }) => ({ name, emptyDir: {} })) }),
      },
      fileGroup: fileGroupOf(user),
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

  /**
   * Settings of a pod that writes to claims: without root, it can write only where its group can.
   * @internal
   */
  get fileGroup(): Readonly<Record<string, unknown>> {
    const { pod, fileGroup } = this.rendered;
    if (fileGroup === undefined) return {};
    const context = pod["securityContext"] as object;
    return { securityContext: { ...context, fsGroup: fileGroup, fsGroupChangePolicy: "OnRootMismatch" } };
  }
}

/** The group of files in mounted claims: that of the user, or any other than root's. */
function fileGroupOf(user = ANY_GROUP): string {
  return user.toString();
}

/** A volume for each directory, named after its path. */
function writableVolumes(
  directories: readonly string[],
): readonly { readonly name: string; readonly directory: string }[] {
  const paths = directories.map((directory) => directory.replace(/\/+$/, ""));
  const wrong = directories.filter(
    (directory, index) => !isMountPath(directory) || paths.indexOf(paths[index] ?? "") !== index,
  );
  if (wrong.length > 0)
    throw KUB017.violation({
      at: "PodSecurity.nonRoot",
      given: `writable ${wrong.map((directory) => `"${directory}"`).join(", ")}`,
      fix: "give each directory once, as an absolute path such as /tmp or /var/cache/nginx",
    });
  return directories.map((directory, index) => ({ directory, name: volumeName(paths[index] ?? "") }));
}
