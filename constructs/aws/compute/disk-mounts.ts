import type { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { Units } from "../../boot/parts/units";
import { programText } from "../../boot/program-text";
import { shellWord } from "../../core/quoting/shell";
import { systemdValue } from "../../core/quoting/systemd";

const PROGRAM = "/usr/local/lib/groundwork/mount-disk";

/** A data disk that the first boot mounts. */
export interface DiskMount {
  readonly name: string;
  readonly volumeId: string;
  readonly device: string;
  readonly mount: string;
}

/** A first boot that mounts data disks before everything else, and grows their file systems every hour. */
export function withMounts(boot: CloudInit, mounts: readonly DiskMount[]): CloudInit {
  if (mounts.length === 0) return boot;
  return boot.after(Files.program(PROGRAM, programText("aws", "mount-disk.sh")), ...mounts.flatMap(partsOf));
}

function partsOf({ name, volumeId, device, mount }: DiskMount): readonly BootPart[] {
  const description = `grow the file system of the data disk ${name}`;
  return [
    Files.settings(`/etc/groundwork/disks/${name}.env`, {
      DISK_VOLUME: volumeId,
      DISK_DEVICE: device,
      DISK_MOUNT: mount,
    }),
    Steps.script(`disk-${name}`, `#!/bin/bash\nexec ${PROGRAM} ${shellWord(name)}\n`),
    Units.service(`disk-${name}-growth`, {
      description,
      type: "oneshot",
      command: `/usr/lib/systemd/systemd-growfs ${systemdValue(mount)}`,
    }),
    Units.timer(`disk-${name}-growth`, { description, calendar: "hourly" }),
  ];
}
