import { detectSecret } from "../../boot/detect-secret";
import { Limit } from "../../boot/limit";
import { escapeTerraform } from "../../core/token";
import { CMP011 } from "./rules";

/**
 * Defines the first boot of a machine as one script, for images without typed first boot.
 *
 * @example BootScript.of("#!/bin/bash\nset -euo pipefail\ndnf install -y nginx\n")
 */
export class BootScript {
  /** A script with its interpreter in the first line, run once as root. */
  static of(text: string): BootScript {
    const bytes = Buffer.byteLength(text);
    const secret = detectSecret(text);
    if (!/^#!\s?\/\S/.test(text))
      throw CMP011.violation({
        given: `a script that begins with ${JSON.stringify(text.slice(0, 20))}`,
        fix: "begin with #!/bin/bash",
      });
    if (secret !== undefined)
      throw CMP011.violation({
        given: `the text looks like ${secret}`,
        fix: "generate the secret on the machine, or fetch it with the machine's role",
      });
    if (bytes > Limit.EC2.bytes)
      throw CMP011.violation({
        given: `a script of ${bytes} bytes`,
        fix: `use at most ${Limit.EC2.bytes}, or CloudInit, which is compressed`,
      });
    return new BootScript(escapeTerraform(text));
  }

  private constructor(
    /** The text, escaped for Terraform. */
    readonly text: string,
  ) {}
}
