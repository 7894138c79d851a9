import { Files } from "../../boot/files";
import type { BootPart } from "../../boot/part";
import { programText } from "../../boot/program-text";
import { Units } from "../../boot/units";
import { Duration } from "../../core/duration";
import { joined } from "./joined";
import { phase, PROGRAMS } from "./phases";

/**
 * Defines that OpenBao opens itself: it is sealed after every start of its pod. A value; part of `Portal`.
 *
 * A timer on the install host looks every minute and sends two of the three keys to the pod itself. They lie in
 * `/etc/kpaas/unseal-keys`, readable to root alone, and come neither into state, user data and the cluster nor into arguments and
 * logs. The third is put apart, for a person to take away.
 *
 * @example CloudInit.ubuntu().with(OpenBaoUnseal.byTimer())
 */
export class OpenBaoUnseal implements BootPart {
  static byTimer(): OpenBaoUnseal {
    return new OpenBaoUnseal();
  }

  readonly sections: BootPart["sections"] = joined(
    Files.program(`${PROGRAMS}/keep-unseal-keys.py`, programText("kpaas", "keep-unseal-keys.py")),
    Files.program(`${PROGRAMS}/openbao-unseal.py`, programText("kpaas", "openbao-unseal.py")),
    Units.service("kpaas-openbao-unseal", {
      description: "opens OpenBao when it is sealed",
      type: "oneshot",
      command: `/usr/bin/python3 ${PROGRAMS}/openbao-unseal.py`,
      lines: ["TimeoutStartSec=120"],
    }),
    Units.timer("kpaas-openbao-unseal", { description: "looks whether OpenBao is sealed", calendar: "*-*-* *:*:00" }),
    ...phase({ name: "unseal", script: "unseal.sh", deadline: Duration.minutes(5) }),
  );

  private constructor() {}
}
