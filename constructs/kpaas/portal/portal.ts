import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { programText } from "../../boot/program-text";
import { Duration } from "../../core/duration";
import { phase, PROGRAMS } from "../boot/phases";
import { OpenBaoUnseal } from "./openbao-unseal";
import { checkPortal, CLOUDS } from "./portal-checks";
import { SessionLimit } from "./session-limit";

/** Deployment of the portal 1.6.2. K-PaaS publishes no checksum. */
const ARCHIVE = "https://nextcloud.k-paas.org/index.php/s/x7ccTRQYrBHsTD4/download";

/** Cloud providers that the portal knows. */
export type PortalCloud = "aws" | "openstack" | "naver" | "nhn" | "kt";

/** Settings of a portal. */
export interface PortalProps {
  /** URL of the archive. @default - the download of K-PaaS 1.6.2 */
  readonly archive?: string;
  /**
   * SHA-256 of the archive.
   * @default - none: the first boot stops until a person confirms the checksum in /etc/kpaas/portal.sha256
   */
  readonly sha256?: string;
  /** Cloud provider of the cluster. */
  readonly cloud: PortalCloud;
  /** Public address of the first control plane node. */
  readonly masterAddress: string;
  /** URL of the cluster's API. @default - https://<masterAddress>:6443 */
  readonly apiServer?: string;
  /** `<ingress address>.nip.io`, or a domain whose subdomains all resolve to the ingress. */
  readonly hostDomain: string;
  /** Concurrent sessions per user and client. @default - no limit */
  readonly sessions?: SessionLimit;
}

/**
 * Defines the portal of a cluster: its deployment with secrets that are generated on the machine instead of the public defaults,
 * automatic unsealing of OpenBao, and a realm with generated keys and the session limit. A value type; the install host's first boot
 * runs it as three phases.
 *
 * @example Portal.of({ cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: "198.51.100.8.nip.io" })
 */
export class Portal implements BootPart {
  /** The portal with these settings. */
  static of(props: PortalProps): Portal {
    checkPortal(props);
    return new Portal(props);
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(props: PortalProps) {
    this.sections = mergeSections([
      settings(props),
      Files.text(`${PROGRAMS}/deployment.sh`, programText("kpaas", "portal/deployment.sh")),
      Files.program(`${PROGRAMS}/portal-variables.py`, programText("kpaas", "portal/portal-variables.py")),
      Files.program(`${PROGRAMS}/verify-portal.py`, programText("kpaas", "portal/verify-portal.py")),
      ...phase({ name: "portal", script: "portal/portal.sh", deadline: Duration.hours(3) }),
      OpenBaoUnseal.byTimer(),
      Files.program(`${PROGRAMS}/keycloak.py`, programText("kpaas", "portal/keycloak.py")),
      ...phase({ name: "keycloak", script: "portal/keycloak.sh", deadline: Duration.minutes(20) }),
    ]);
  }
}

function settings(props: PortalProps): BootPart {
  const { masterAddress, apiServer = `https://${masterAddress}:6443`, sessions = SessionLimit.unlimited() } = props;
  return Files.settings("/etc/kpaas/portal.env", {
    PORTAL_ARCHIVE: props.archive ?? ARCHIVE,
    PORTAL_SHA256: props.sha256 ?? "",
    K8S_MASTER_NODE_IP: masterAddress,
    K8S_CLUSTER_API_SERVER: apiServer,
    K8S_STORAGECLASS: "cp-storageclass",
    HOST_CLUSTER_IAAS_TYPE: CLOUDS[props.cloud],
    HOST_DOMAIN: props.hostDomain,
    KEYCLOAK_URL: `https://keycloak.${props.hostDomain}`,
    SESSION_LIMIT: sessions.toString(),
  });
}
