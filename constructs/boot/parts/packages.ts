import type { BootPart } from "./part";
import { BOO003 } from "../rules";

/**
 * Defines packages that are installed from the distribution's repositories before the first step runs.
 *
 * @example Packages.of("curl", "jq", "nginx=1.24.0-2ubuntu7")
 */
export class Packages implements BootPart {
  /** Packages to install, by their names in the distribution. */
  static of(...names: readonly [string, ...string[]]): Packages {
    for (const name of names)
      if (!/^[a-z0-9][a-z0-9+.-]+(=[\w.:~+-]+)?$/i.test(name))
        throw BOO003.violation({ given: `package "${name}"`, fix: "use a name, or name=version" });
    return new Packages({ packages: names });
  }

  private constructor(
    /** Parts of the first-boot document that it adds. */
    readonly sections: BootPart["sections"],
  ) {}
}
