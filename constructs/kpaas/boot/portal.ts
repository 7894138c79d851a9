import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { programText } from "../../boot/program-text";
import { Duration } from "../../core/duration";
import { isToken } from "../../core/token";
import { joined } from "./joined";
import { OpenBaoUnseal } from "./openbao-unseal";
import { phase, PROGRAMS } from "./phases";
import { KPB006 } from "./rules";
import { SessionLimit } from "./session-limit";

/** Number by which the portal knows a cloud. */
const CLOUDS = { aws: "1", openstack: "2", naver: "3", nhn: "4", kt: "5" } as const;

/** Deployment of the portal 1.6.2. Nobody publishes a checksum. */
const ARCHIVE = "https://nextcloud.k-paas.org/index.php/s/x7ccTRQYrBHsTD4/download";

/** What a portal is told. */
export interface PortalProps {
  /** Where the archive of its deployment is. @default - where K-PaaS publishes 1.6.2 */
  readonly archive?: string;
  /** SHA-256 of the archive. @default - the first one that comes is taken, and written down in /var/lib/kpaas/portal.sha256 */
  readonly sha256?: string;
  readonly cloud: keyof typeof CLOUDS;
  /** Public address of the first control plane. */
  readonly masterAddress: string;
  /** @default - https://<masterAddress>:6443 */
  readonly apiServer?: string;
  /** `<ingress address>.nip.io`, or a name whose sub-domains all lead to the ingress. */
  readonly hostDomain: string;
  /** @default - no limit */
  readonly sessions?: SessionLimit;
}

/**
 * Defines the portal on top of a cluster: its deployment, with secrets of the machine's own making in place of the public defaults,
 * an OpenBao that opens itself, and a realm with keys of its own and the session limit. A value; the install host's first boot takes
 * it as phases of its own.
 *
 * @example Portal.of({ cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: "198.51.100.8.nip.io" })
 */
export class Portal implements BootPart {
  static of(props: PortalProps): Portal {
    const { hostDomain } = props;
    if (!isToken(hostDomain) && !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(hostDomain))
      throw KPB006.violation({
        given: `domain "${hostDomain}"`,
        fix: "write a name in lower case, such as 198.51.100.8.nip.io",
      });
    return new Portal(props);
  }

  readonly sections: BootPart["sections"];

  private constructor(props: PortalProps) {
    const { masterAddress, apiServer = `https://${masterAddress}:6443`, sessions = SessionLimit.unlimited() } = props;
    this.sections = joined(
      Files.settings("/etc/kpaas/portal.env", {
        PORTAL_ARCHIVE: props.archive ?? ARCHIVE,
        PORTAL_SHA256: props.sha256 ?? "",
        K8S_MASTER_NODE_IP: masterAddress,
        K8S_CLUSTER_API_SERVER: apiServer,
        K8S_STORAGECLASS: "cp-storageclass",
        HOST_CLUSTER_IAAS_TYPE: CLOUDS[props.cloud],
        HOST_DOMAIN: props.hostDomain,
        KEYCLOAK_URL: `https://keycloak.${props.hostDomain}`,
        SESSION_LIMIT: sessions.toString(),
      }),
      Files.program(`${PROGRAMS}/portal-variables.py`, programText("kpaas", "portal-variables.py")),
      Files.program(`${PROGRAMS}/verify-portal.py`, programText("kpaas", "verify-portal.py")),
      ...phase({ name: "portal", script: "portal.sh", deadline: Duration.hours(3) }),
      OpenBaoUnseal.byTimer(),
      Files.program(`${PROGRAMS}/keycloak.py`, programText("kpaas", "keycloak.py")),
      ...phase({ name: "keycloak", script: "keycloak.sh", deadline: Duration.minutes(20) }),
    );
  }
}
