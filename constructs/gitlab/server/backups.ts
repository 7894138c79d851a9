import { Duration } from "../../core/duration";

/** What backups can be told. */
export interface BackupOptions {
  /** How long they are kept. @default - 30 days */
  readonly retention?: Duration;
  /** When they are made, as systemd's calendar says it. @default - at half past two every night, in the machine's time */
  readonly calendar?: string;
}

/**
 * Defines whether and how a server is backed up.
 *
 * Data and secrets go into buckets of their own: who has both can read everything, who has one can read nothing of worth.
 *
 * @example Backups.nightly({ retention: Duration.days(90) }); Backups.none()
 */
export class Backups {
  static nightly(options: BackupOptions = {}): Backups {
    return new Backups(options.retention ?? Duration.days(30), options.calendar ?? "*-*-* 02:30:00");
  }

  /** None: a lost volume is a lost server. */
  static none(): Backups {
    return new Backups(undefined, "");
  }

  private constructor(
    readonly retention: Duration | undefined,
    readonly calendar: string,
  ) {}
}
