import type { CloudInit } from "../../../boot/cloud-init";
import { Files } from "../../../boot/parts/files";
import { Packages } from "../../../boot/parts/packages";
import { Steps } from "../../../boot/parts/steps";
import { programText } from "../../../boot/program-text";
import { shellWord } from "../../../core/quoting/shell";
import { isToken } from "../../../core/token";
import { STO010 } from "../rules";

/** The program without its first line, which the step has already. */
const PROGRAM = programText("aws", "mount-lustre.sh").replace(/^#!.*\n/, "");

/** A mount of a Lustre file system. */
export interface LustreMount {
  readonly name: string;
  readonly dnsName: string;
  readonly mountName: string;
  readonly path: string;
}

/** A first boot that mounts a Lustre file system before everything else. Only Amazon Linux has the client in its repository. */
export function withLustre(boot: CloudInit, { name, dnsName, mountName, path }: LustreMount): CloudInit {
  if (boot.system !== "amazon-linux")
    throw STO010.violation({
      given: `a mount at ${path} on ${boot.system}`,
      fix: "use CloudInit.amazonLinux() and Image.amazonLinux2023(), whose repository contains lustre-client",
    });
  if (isToken(path) || !/^(\/[\w.@+-]+)+$/.test(path) || path.length > 200 || /\/\.{1,2}(\/|$)/.test(path))
    throw STO010.violation({ given: `mount point "${path}"`, fix: "use an absolute path, for example /srv/training" });
  return boot.after(
    Packages.of("lustre-client"),
    Files.settings(`/etc/groundwork/file-systems/${name}.env`, {
      DNS_NAME: dnsName,
      MOUNT_NAME: mountName,
      MOUNT_POINT: path,
    }),
    Steps.script(`lustre-${name}`, `#!/bin/bash\nset -- ${shellWord(name)}\n${PROGRAM}`),
  );
}
