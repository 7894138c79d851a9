import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import type { BootRoot } from "../../support/boot-root";
import { unpacked } from "./unpacked";

/** sshd is fetched, and runs with a list of users of its own: only root may give it one. */
export function sshdHome(): string | undefined {
  if (process.getuid?.() !== 0) {
    console.warn("skipped: what needs a real sshd; it is started in a mount namespace, by root");
    return undefined;
  }
  return unpacked("sshd", ["openssh-server", "libwrap0"]);
}

/** A real sshd of a machine, on an address of the loopback interface. Who logs in as ubuntu works in the machine's folder. */
export class Sshd {
  static async start(home: string, root: BootRoot, address: string, port: number, foreign: string): Promise<Sshd> {
    const { directory } = root;
    spawnSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "3072", "-N", "", "-f", join(directory, "hostkey")]);
    // Paths in what comes from another machine's folder are led into this one's.
    root.write(
      "/.login",
      `#!/bin/bash\nexport PATH=${directory}/.bin:$PATH\nexec bash -c "\${SSH_ORIGINAL_COMMAND//'${foreign}'/'${directory}'}"\n`,
      "0755",
    );
    root.write(
      "/sshd_config",
      `Port ${port}
ListenAddress ${address}
HostKey ${directory}/hostkey
AuthorizedKeysFile ${directory}/home/ubuntu/.ssh/authorized_keys
ForceCommand ${directory}/.login
PermitRootLogin yes
PasswordAuthentication no
StrictModes no
UsePAM no
PidFile none
`,
    );
    root.write(
      "/start-sshd",
      `set -e
{ cat /etc/passwd; echo "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin"; echo "ubuntu:x:0:0::/:/bin/bash"; } >${directory}/passwd
mount --bind ${directory}/passwd /etc/passwd
mount -t tmpfs none /run
mkdir -p /run/sshd
export LD_LIBRARY_PATH=$(find ${home} -name 'libwrap.so.0' -printf %h)
exec ${home}/usr/sbin/sshd -D -e -f ${directory}/sshd_config
`,
    );
    const child = spawn("unshare", ["--mount", "bash", join(directory, "start-sshd")], { stdio: "ignore" });
    await answers(address, port);
    return new Sshd(child);
  }

  private constructor(private readonly child: ChildProcess) {}

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill();
    await once(this.child, "exit");
  }
}

async function answers(address: string, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, address);
    const open = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => {
        resolve(true);
      });
      socket.once("error", () => {
        resolve(false);
      });
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no sshd answers at ${address}:${port}`);
}
