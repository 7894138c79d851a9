import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import { Steps } from "../../boot/parts/steps";

/**
 * Only public keys log in, and only local forwarding passes through the machine. sshd uses the first value that it reads, so the
 * file name sorts before the files of the image and of cloud-init.
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

/** A new kernel requires a reboot, which happens at night and only while no user is logged in. */
const UPDATES = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Automatic-Reboot "true";
Unattended-Upgrade::Automatic-Reboot-WithUsers "false";
Unattended-Upgrade::Automatic-Reboot-Time "04:00";
`;

/** The first boot of a bastion. It fails if the required sshd settings are not in effect. */
export function bastionBoot(): CloudInit {
  return CloudInit.ubuntu().with(
    Packages.of("unattended-upgrades"),
    Files.text("/etc/ssh/sshd_config.d/00-groundwork.conf", SSHD),
    // Sorts after the package's own file, because apt uses the last value that it reads.
    Files.text("/etc/apt/apt.conf.d/90groundwork-updates", UPDATES),
    Steps.run(
      "ssh",
      "install -d -m 0755 /run/sshd",
      "sshd -t",
      "effective=$(sshd -T)",
      `for setting in "permitrootlogin no" "passwordauthentication no" "kbdinteractiveauthentication no"; do`,
      `  grep -qx "$setting" <<<"$effective" || { echo "sshd setting not in effect: $setting"; exit 1; }`,
      "done",
      "systemctl try-reload-or-restart ssh.service",
    ),
  );
}
