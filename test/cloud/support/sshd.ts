import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { waitUntil } from "@groundwork/tooling/polling";
import type { BootRoot } from "../../support/boot-root";
import { unpacked } from "./unpacked";

/** Directory of sshd, which is downloaded. It runs with its own /etc/passwd in a mount namespace, which requires root. */
export function sshdHome(): string | undefined {
  if (process.getuid?.() !== 0) {
    console.warn("skipped: tests with a real sshd; its mount namespace requires root");
    return undefined;
  }
  return unpacked("sshd", ["openssh-server", "libwrap0"]);
}

/** A real sshd of a machine, on an address of the loopback interface. The user ubuntu works in the machine's directory. */
export class Sshd {
  static async start(home: string, root: BootRoot, address: string, port: number, foreign: string): Promise<Sshd> {
    const { directory } = root;
    spawnSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "3072", "-N", "", "-f", join(directory, "hostkey")]);
    // Paths of another machine's directory are mapped into this one's.
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
    await waitForPort(address, port);
    return new Sshd(child);
  }

  private constructor(private readonly child: ChildProcess) {}

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill();
    await once(this.child, "exit");
  }
}

async function waitForPort(address: string, port: number): Promise<void> {
  if (!(await waitUntil(() => isOpen(address, port), 10_000, 100)))
    throw new Error(`no sshd listens on ${address}:${port}`);
}

async function isOpen(address: string, port: number): Promise<boolean> {
  const socket = connect(port, address);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once("connect", () => {
        resolve(true);
      });
      socket.once("error", () => {
        resolve(false);
      });
    });
  } finally {
    socket.destroy();
  }
}
