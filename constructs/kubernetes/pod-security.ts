/** What a pod may do on its node, as the Terraform provider takes it. */
interface RenderedSecurity {
  readonly pod: Readonly<Record<string, unknown>>;
  readonly container: Readonly<Record<string, unknown>>;
}

const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };
const NO_API_ACCESS = { automountServiceAccountToken: false, enableServiceLinks: false };

/**
 * Defines what a pod may do on its node.
 *
 * @example PodSecurity.nonRoot({ user: 10001, readOnlyFiles: true }); PodSecurity.root()
 */
export class PodSecurity {
  /** Passes Kubernetes' "restricted" profile: no root, no capabilities, no way to more, the runtime's system calls. */
  static nonRoot(
    props: {
      /** Number of the user. @default - the image's own, which has to be a number other than 0 */
      readonly user?: number;
      /** Whether the container's own files are read-only. @default false */
      readonly readOnlyFiles?: boolean;
    } = {},
  ): PodSecurity {
    return new PodSecurity({
      pod: {
        ...NO_API_ACCESS,
        securityContext: {
          runAsNonRoot: true,
          ...(props.user === undefined ? {} : { runAsUser: `${props.user}` }),
          ...SECCOMP,
        },
      },
      container: {
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: props.readOnlyFiles ?? false,
          capabilities: { drop: ["ALL"] },
        },
      },
    });
  }

  /** For images that start as root, such as the official nginx: passes the "baseline" profile, and no more than that. */
  static root(): PodSecurity {
    return new PodSecurity({
      pod: { ...NO_API_ACCESS, securityContext: SECCOMP },
      container: { securityContext: { allowPrivilegeEscalation: false } },
    });
  }

  /** Nothing said: whatever image and cluster have. */
  static unset(): PodSecurity {
    return new PodSecurity({ pod: {}, container: {} });
  }

  private constructor(readonly rendered: RenderedSecurity) {}
}
