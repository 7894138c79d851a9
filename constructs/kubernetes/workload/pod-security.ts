import { KUB017 } from "../rules";

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
 * @example PodSecurity.nonRoot({ user: 10001, writable: ["/tmp"] }); PodSecurity.root()
 */
export class PodSecurity {
  /** Passes Kubernetes' "restricted" profile: no root, no capabilities, no way to more, the runtime's system calls. */
  static nonRoot(
    props: {
      /** Number of the user. @default - the image's own, which has to be a number other than 0 */
      readonly user?: number;
      /** Whether the container's own files are read-only. @default - when `writable` is given */
      readonly readOnlyFiles?: boolean;
      /** Folders that may be written to all the same; each is empty when a pod starts, and gone with it. @default - none */
      readonly writable?: readonly string[];
    } = {},
  ): PodSecurity {
    const { writable, readOnlyFiles = writable !== undefined } = props;
    const volumes = writableVolumes(writable ?? []);
    return new PodSecurity({
      pod: {
        ...NO_API_ACCESS,
        securityContext: {
          runAsNonRoot: true,
          ...(props.user === undefined ? {} : { runAsUser: `${props.user}` }),
          ...SECCOMP,
        },
        ...(volumes.length === 0 ? {} : { volume: volumes.map(({ name }) => ({ name, emptyDir: {} })) }),
      },
      container: {
        ...(volumes.length === 0
          ? {}
          : { volumeMount: volumes.map(({ name, folder }) => ({ name, mountPath: folder })) }),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: readOnlyFiles,
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

/** A volume for each folder, with a name made of its path. */
function writableVolumes(folders: readonly string[]): readonly { readonly name: string; readonly folder: string }[] {
  const volumes = folders.map((folder) => ({
    folder,
    name: folder
      .slice(1)
      .replace(/[^a-z0-9]+/gi, "-")
      .toLowerCase(),
  }));
  const wrong = volumes.filter(
    ({ folder, name }, index) =>
      !/^(\/[\w.-]+)+$/.test(folder) ||
      folder.includes("..") ||
      volumes.findIndex((one) => one.name === name) !== index,
  );
  if (wrong.length > 0)
    throw KUB017.violation({
      at: "PodSecurity.nonRoot",
      given: `writable ${wrong.map(({ folder }) => `"${folder}"`).join(", ")}`,
      fix: "write each folder once, from the root on, such as /tmp or /var/cache/nginx",
    });
  return volumes;
}
