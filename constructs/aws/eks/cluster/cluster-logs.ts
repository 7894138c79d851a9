import { Duration } from "../../../core/duration";
import type { IEncryptionKey } from "../../encryption/encryption-key";

/** How the records of a control plane are kept. */
export interface ClusterLogsProps {
  /** How long records stay. @default - a year */
  readonly retention?: Duration;
  /** Key that encrypts them. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines where the five kinds of records of a control plane go: api, audit, authenticator, controllerManager, scheduler.
 *
 * @example ClusterLogs.kept({ retention: Duration.days(30) }); ClusterLogs.inGroupOfEks()
 */
export class ClusterLogs {
  /** A log group of the stack's, made before the cluster. */
  static kept(props: ClusterLogsProps = {}): ClusterLogs {
    return new ClusterLogs(props.retention ?? Duration.days(365), props.encryptionKey);
  }

  /**
   * A group that EKS makes, without an end and without an owner. For a cluster that takes the name of one whose group is
   * still there: EKS writes once more while a cluster goes, and so brings its group back.
   */
  static inGroupOfEks(): ClusterLogs {
    return new ClusterLogs(undefined, undefined);
  }

  private constructor(
    /** How long records stay; nothing when EKS makes the group. */
    readonly retention: Duration | undefined,
    readonly encryptionKey: IEncryptionKey | undefined,
  ) {}
}

/** Every kind of record there is. */
export const LOG_TYPES: readonly string[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
