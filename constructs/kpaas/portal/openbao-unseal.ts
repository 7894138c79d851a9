import { Files } from "../../boot/parts/files";
import { type BootPart, mergeSections } from "../../boot/parts/part";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";
import { Duration } from "../../core/duration";
import { phase, PROGRAMS } from "../boot/phases";

/**
 * Defines the automatic unsealing of OpenBao, which is sealed after every start of its pod. A value type; part of `Portal`.
 *
 * A timer on the install host checks the seal status every minute and sends two of the three keys directly to the pod. They are
 * stored in `/etc/kpaas/unseal-keys`, readable by root only, and never in the state, user data, the cluster, arguments or logs. The
 * third key is stored separately for the operator to remove from the machine.
 *
 * @example CloudInit.ubuntu().with(OpenBaoUnseal.byTimer())
 */
export class OpenBaoUnseal implements BootPart {
  /** Unseals OpenBao at intervals. */
  static byTimer(): OpenBaoUnseal {
    return new OpenBaoUnseal();
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"] = mergeSections([
    Files.program(`${PROGRAMS}/keep-unseal-keys.py`, programText("kpaas", "portal/keep-unseal-keys.py")),
    Files.program(`${PROGRAMS}/openbao-unseal.py`, programText("kpaas", "portal/openbao-unseal.py")),
    Units.service("kpaas-openbao-unseal", {
      description: "unseals OpenBao",
      type: "oneshot",
      command: `/usr/bin/python3 ${PROGRAMS}/openbao-unseal.py`,
      lines: ["TimeoutStartSec=120"],
    }),
    Units.timer("kpaas-openbao-unseal", {
      description: "checks the seal status of OpenBao every minute",
      calendar: "*-*-* *:*:00",
    }),
    ...phase({ name: "unseal", script: "portal/unseal.sh", deadline: Duration.minutes(5) }),
  ]);

  private constructor() {}
}
