import type { IRole } from "../../aws/iam/role";
import type { GitLabVersion } from "../gitlab-version";
import type { NodeChecksums } from "./node-checksums";

/** Properties of a {@link SameMachineRunner}. */
export interface SameMachineRunnerProps {
  /**
   * Role of the jobs. Its trust policy must allow the role of the server, `<path of the server>-role`, to assume it.
   * @default - a role created for the jobs
   */
  readonly role?: IRole;
  /** Number of concurrent jobs. @default 1 */
  readonly concurrent?: number;
  /** Version of Node for jobs. @default "22.12.0" */
  readonly nodeVersion?: string;
  /** SHA-256 of the archives of Node, from its SHASUMS256.txt. @default - those of the versions that the library knows */
  readonly nodeChecksums?: NodeChecksums;
  /** Version of the runner package. @default - the newest published patch of the server's minor version */
  readonly version?: GitLabVersion;
  /** Name of the SecureString with the token. @default - the parameter of the server's configuration */
  readonly tokenParameter?: string;
  /** Additional registration options, for example `output-limit`. @default - none */
  readonly registerOptions?: Readonly<Record<string, string>>;
}

/**
 * Defines a runner with the shell executor on the machine of its server, for labs. A value; `GitLabServer` installs it after its
 * configuration.
 *
 * A job shares the machine with the server: its CPU, memory and disk, its kernel, and the services that listen on its loopback
 * addresses. Only file permissions separate a job from the server's data. Use `GitLabRunner`, with a machine of its own, wherever the
 * server's data is worth keeping.
 *
 * @example SameMachineRunner.of({ concurrent: 2 })
 */
export class SameMachineRunner {
  /** A runner with the given settings. The server checks them. */
  static of(props: SameMachineRunnerProps = {}): SameMachineRunner {
    return new SameMachineRunner(props);
  }

  private constructor(
    /** Settings as given. */
    readonly props: SameMachineRunnerProps,
  ) {}
}
