import { OST019 } from "../rules";

/**
 * Defines the name of an image. Clouds include the build date in the names of their images, so a full name disappears with the next
 * build; the prefix of the name stays the same.
 *
 * @example ImageName.newest("Ubuntu Server 22.04"); ImageName.exactly("Ubuntu Server 22.04.3 LTS (2024.02.20)")
 */
export class ImageName {
  /** The newest image whose name starts with the prefix. */
  static newest(prefix: string): ImageName {
    const escaped = checked(prefix).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new ImageName({ nameRegex: `^${escaped}` }, `beginning with "${prefix}"`);
  }

  /** The image with this name; the newest, if there are several. */
  static exactly(name: string): ImageName {
    return new ImageName({ name: checked(name) }, `named "${name}"`);
  }

  private constructor(
    /** Arguments of the provider's data sources. */
    readonly query: { readonly name: string } | { readonly nameRegex: string },
    private readonly text: string,
  ) {}

  /** The name as text. */
  toString(): string {
    return this.text;
  }
}

function checked(text: string): string {
  if (text.trim().length < 3)
    throw OST019.violation({
      given: `image name "${text}"`,
      fix: 'write it as the cloud spells it, such as "Ubuntu Server 22.04"',
    });
  return text;
}
