import { Duration } from "../../core/duration";
import { checkedCalendar } from "./calendar";

/** Options of backups. */
export interface BackupOptions {
  /** Retention in the buckets. @default - 30 days */
  readonly retention?: Duration;
  /** Schedule as a systemd calendar expression. @default - "*-*-* 02:30:00" in the machine's time zone */
  readonly calendar?: string;
}

/**
 * Defines the backups of a server.
 *
 * Data and secrets are stored in separate buckets: the data is encrypted with the secrets, so a leak of one bucket exposes no tokens.
 *
 * @example Backups.nightly({ retention: Duration.days(90) }); Backups.none()
 */
export class Backups {
  /** A backup every night, or on another schedule. */
  static nightly(options: BackupOptions = {}): Backups {
    return new Backups(options.retention ?? Duration.days(30), checkedCalendar(options.calendar ?? "*-*-* 02:30:00"));
  }

  /** No backups: a lost volume is a lost server. */
  static none(): Backups {
    return new Backups(undefined, "");
  }

  private constructor(
    /** Time after which a backup is deleted; undefined without backups. */
    readonly retention: Duration | undefined,

    /** Time of the backups, as a systemd calendar event. */
    readonly calendar: string,
  ) {}
}
