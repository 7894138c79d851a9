import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/files";
import { Packages } from "../../boot/packages";
import { Steps } from "../../boot/steps";

/**
 * Keys open the machine, and connections pass through it; it lends nobody a shell on something else. The first word that sshd
 * reads holds, so the file comes before those of the image and of cloud-init.
 */
const SSHD = `PermitRootLogin no
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthenticationMethods publickey
AllowTcpForwarding local
AllowStreamLocalForwarding no
AllowAgentForwarding no
GatewayPorts no
PermitTunnel no
X11Forwarding no
ClientAliveInterval 120
ClientAliveCountMax 3
`;

/** A new kernel is of no use before the machine has started again, which waits for a night in which nobody works on it. */
const UPDATES = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-WithUsers "false";
Unattended-Upgrade::Automatic-Reboot-Time "04:00";
`;

/** The first boot of a bastion. It fails where the image's sshd does not come to hold what is asked. */
export function bastionBoot(): CloudInit {
  return CloudInit.ubuntu().with(
    Packages.of("unattended-upgrades"),
    Files.text("/etc/ssh/sshd_config.d/00-groundwork.conf", SSHD),
    // After the package's own, since the last word that apt reads holds.
    Files.text("/etc/apt/apt.conf.d/90groundwork-updates", UPDATES),
    Steps.run(
      "ssh",
      "install -d -m 0755 /run/sshd",
      "sshd -t",
      "held=$(sshd -T)",
      `for word in "permitrootlogin no" "passwordauthentication no" "kbdinteractiveauthentication no"; do`,
      `  grep -qx "$word" <<<"$held" || { echo "sshd does not hold: $word"; exit 1; }`,
      "done",
      "systemctl try-reload-or-restart ssh.service",
    ),
  );
}
