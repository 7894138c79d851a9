import { Duration } from "../../../core/duration";
import type { IEncryptionKey } from "../../encryption/encryption-key";

/** Retention and encryption of control plane logs. */
export interface ClusterLogsProps {
  /** Retention of the log group. @default - 365 days */
  readonly retention?: Duration;
  /** Key that encrypts the log group. @default - the key of CloudWatch Logs */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * Defines the log group of a control plane's five log types: api, audit, authenticator, controllerManager, scheduler.
 *
 * @example ClusterLogs.kept({ retention: Duration.days(30) }); ClusterLogs.inGroupOfEks()
 */
export class ClusterLogs {
  /** A log group that the stack creates before the cluster. */
  static kept(props: ClusterLogsProps = {}): ClusterLogs {
    return new ClusterLogs(props.retention ?? Duration.days(365), props.encryptionKey);
  }

  /**
   * A log group that EKS creates, without retention and outside of Terraform. Use it when the log group of a deleted cluster of
   * the same name still exists: EKS writes a last time while it deletes a cluster and thereby recreates the group.
   */
  static inGroupOfEks(): ClusterLogs {
    return new ClusterLogs(undefined, undefined);
  }

  private constructor(
    /** Retention; undefined when EKS creates the group. */
    readonly retention: Duration | undefined,

    /** Key of the log group; undefined for the key of CloudWatch. */
    readonly encryptionKey: IEncryptionKey | undefined,
  ) {}
}

/** Every log type of a control plane. */
export const LOG_TYPES: readonly string[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
