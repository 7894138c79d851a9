import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import { systemdLine } from "../../core/quoting/systemd";

const PROGRAM = "/usr/local/lib/groundwork/block-metadata";

/** The services of the packages, whose processes run code and requests of users. */
type Service = "gitlab-runner" | "gitlab-runsvdir";

/**
 * Parts that withhold the machine's role from every process that does not run as root: jobs of a pipeline, and GitLab's own services,
 * which send requests to URLs of users.
 *
 * The block is in place before the package is installed. At every further start of the machine, systemd applies it before it starts the
 * service; without the block the service does not start.
 */
export function metadataBlock(...services: readonly Service[]): readonly BootPart[] {
  return [
    Packages.of("iptables"),
    Files.program(PROGRAM, programText("gitlab", "block-metadata.sh")),
    ...services.map((service) =>
      Files.text(
        `/etc/systemd/system/${service}.service.d/groundwork.conf`,
        `[Service]\n${systemdLine(`ExecStartPre=${PROGRAM}`)}\n`,
      ),
    ),
    Steps.script(
      "metadata",
      `#!/bin/bash\n# Blocks the metadata service for all users except root.\nexec ${PROGRAM}\n`,
    ),
  ];
}
