import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { programText } from "../../boot/program-text";
import { checkedDownloadUrl } from "../../boot/verified-download";
import { Duration } from "../../core/duration";
import { phase, PROGRAMS } from "../boot/phases";
import { KPB021 } from "../boot/rules";

/** Deployment of the pipeline 1.6.2. K-PaaS publishes no checksum. */
const ARCHIVE = "https://nextcloud.k-paas.org/index.php/s/D7fz23QcDrT4Afs/download";

/** Source of a pipeline's deployment. Domain, storage and secrets are those of the portal. */
export interface PipelineProps {
  /** URL of the archive. @default - the download of K-PaaS 1.6.2 */
  readonly archive?: string;
  /**
   * SHA-256 of the archive.
   * @default - none: the first boot stops until a person confirms the checksum in /etc/kpaas/pipeline.sha256
   */
  readonly sha256?: string;
}

/**
 * Defines the portal's pipeline: Jenkins, SonarQube and the applications that control them. It uses the secrets that the portal
 * generated on this machine instead of the public defaults, and generates separate ones for SonarQube and PostgreSQL. A value type;
 * the last phase of the install host's first boot. The jobs that run in it are defined by a `Delivery`.
 *
 * @example Pipeline.of({}); Pipeline.of({ archive: "https://downloads.example.com/pipeline.tar.gz", sha256 })
 */
export class Pipeline implements BootPart {
  /** The pipeline with these settings. */
  static of(props: PipelineProps): Pipeline {
    if (props.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(props.sha256))
      throw KPB021.violation({
        given: `checksum ${JSON.stringify(props.sha256.slice(0, 80))}`,
        fix: "use the output of sha256sum, or the content of /var/lib/kpaas/pipeline.sha256",
      });
    checkedDownloadUrl(props.archive ?? ARCHIVE, "pipeline: archive");
    return new Pipeline(props);
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor({ archive = ARCHIVE, sha256 = "" }: PipelineProps) {
    this.sections = mergeSections([
      Files.settings("/etc/kpaas/pipeline.env", { PIPELINE_ARCHIVE: archive, PIPELINE_SHA256: sha256 }),
      Files.program(`${PROGRAMS}/verify-pipeline.py`, programText("kpaas", "portal/verify-pipeline.py")),
      ...phase({ name: "pipeline", script: "portal/pipeline.sh", deadline: Duration.hours(3) }),
    ]);
  }
}
