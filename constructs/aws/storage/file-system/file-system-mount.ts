import type { CloudInit } from "../../../boot/cloud-init";
import { Files } from "../../../boot/parts/files";
import { Packages } from "../../../boot/parts/packages";
import { Steps } from "../../../boot/parts/steps";
import { programText } from "../../../boot/program-text";
import { shellWord } from "../../../core/quoting/shell";
import { isToken } from "../../../core/token";
import { STO010 } from "../rules";
import type { AccessPoint } from "./access-point";

/** The program without its first line, which the step has already. */
const PROGRAM = programText("aws", "mount-file-system.sh").replace(/^#!.*\n/, "");

/** A mount of a file system. */
export interface FileSystemMount {
  readonly name: string;
  readonly fileSystemId: string;
  readonly path: string;
  readonly accessPoint: AccessPoint | undefined;
}

/**
 * A first boot that mounts a file system before everything else, encrypted in transit. Only Amazon Linux has the mount helper of EFS in its
 * repository; it starts the TLS tunnel and restarts it.
 */
export function withFileSystem(boot: CloudInit, { name, fileSystemId, path, accessPoint }: FileSystemMount): CloudInit {
  if (boot.system !== "amazon-linux")
    throw STO010.violation({
      given: `a mount at ${path} on ${boot.system}`,
      fix: "use CloudInit.amazonLinux() and Image.amazonLinux2023(), whose repository contains amazon-efs-utils",
    });
  if (isToken(path) || !/^(\/[\w.@+-]+)+$/.test(path) || path.length > 200 || /\/\.{1,2}(\/|$)/.test(path))
    throw STO010.violation({ given: `mount point "${path}"`, fix: "use an absolute path, for example /srv/shared" });
  return boot.after(
    Packages.of("amazon-efs-utils"),
    Files.settings(`/etc/groundwork/file-systems/${name}.env`, {
      FILE_SYSTEM: fileSystemId,
      ACCESS_POINT: accessPoint?.accessPointId ?? "",
      MOUNT_POINT: path,
    }),
    Steps.script(`file-system-${name}`, `#!/bin/bash\nset -- ${shellWord(name)}\n${PROGRAM}`),
  );
}
