import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { programText } from "../../boot/program-text";
import { Duration } from "../../core/duration";
import { joined } from "./joined";
import { phase, PROGRAMS } from "./phases";
import { KPB021 } from "./rules";

/** Deployment of the pipeline 1.6.2. Nobody publishes a checksum. */
const ARCHIVE = "https://nextcloud.k-paas.org/index.php/s/D7fz23QcDrT4Afs/download";

/** What a pipeline is told. Domain, storage and secrets are the portal's. */
export interface PipelineProps {
  /** Where the archive of its deployment is. @default - where K-PaaS publishes 1.6.2 */
  readonly archive?: string;
  /** SHA-256 of the archive. @default - the first one that comes is taken, and written down in /var/lib/kpaas/pipeline.sha256 */
  readonly sha256?: string;
}

/**
 * Defines the portal's pipeline on top of a portal: Jenkins, SonarQube and what drives them, with the secrets that the portal got on
 * this machine in place of the copies of the public ones, and secrets of its own for SonarQube and PostgreSQL. A value; the install
 * host's first boot takes it as its last phase. Which jobs run in it is a `Delivery`'s.
 *
 * @example Pipeline.of({}); Pipeline.of({ archive: "https://downloads.example.com/pipeline.tar.gz", sha256 })
 */
export class Pipeline implements BootPart {
  static of(props: PipelineProps): Pipeline {
    if (props.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(props.sha256))
      throw KPB021.violation({
        given: `checksum "${props.sha256}"`,
        fix: "take the one that sha256sum says, or that stands in /var/lib/kpaas/pipeline.sha256",
      });
    return new Pipeline(props);
  }

  readonly sections: BootPart["sections"];

  private constructor({ archive = ARCHIVE, sha256 = "" }: PipelineProps) {
    this.sections = joined(
      Files.settings("/etc/kpaas/pipeline.env", { PIPELINE_ARCHIVE: archive, PIPELINE_SHA256: sha256 }),
      Files.program(`${PROGRAMS}/verify-pipeline.py`, programText("kpaas", "verify-pipeline.py")),
      ...phase({ name: "pipeline", script: "pipeline.sh", deadline: Duration.hours(3) }),
    );
  }
}
