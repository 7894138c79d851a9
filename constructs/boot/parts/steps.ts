import type { BootPart } from "./part";
import { BOO006 } from "../rules";

/**
 * Defines a step of the first boot: commands that run once, in order, as root. The first failing step ends the boot and is
 * reported by its name; a second run resumes with it.
 *
 * Steps may take long: they run in a separate unit, so cloud-init does not wait for them.
 *
 * @example Steps.run("web", "systemctl enable --now nginx"); Steps.script("install", programText("gitlab", "install-server.sh"))
 */
export class Steps implements BootPart {
  /** Shell commands, run in order. */
  static run(name: string, ...commands: readonly [string, ...string[]]): Steps {
    return Steps.script(name, `#!/bin/bash\nset -euo pipefail\n${commands.join("\n")}\n`);
  }

  /** The text of a bash script. */
  static script(name: string, text: string): Steps {
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(name))
      throw BOO006.violation({ given: `step "${name}"`, fix: "use up to 40 lower-case letters, digits and hyphens" });
    return new Steps({ steps: [{ name, script: text }] });
  }

  private constructor(
    /** Parts of the first-boot document that it adds. */
    readonly sections: BootPart["sections"],
  ) {}
}
