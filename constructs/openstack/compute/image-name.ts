import { OST019 } from "../rules";

/**
 * Defines which image is meant. Clouds put the date of a build into the names of their images, so that a name is gone with the
 * next build; then the beginning of the names says what is meant.
 *
 * @example ImageName.newest("Ubuntu Server 22.04"); ImageName.exactly("Ubuntu Server 22.04.3 LTS (2024.02.20)")
 */
export class ImageName {
  /** The newest image whose name begins with this. */
  static newest(beginning: string): ImageName {
    const escaped = checked(beginning).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new ImageName({ nameRegex: `^${escaped}` }, `beginning with "${beginning}"`);
  }

  /** The image with this name; the newest, if there are several. */
  static exactly(name: string): ImageName {
    return new ImageName({ name: checked(name) }, `named "${name}"`);
  }

  private constructor(
    /** As the provider's look-ups take it. */
    readonly query: { readonly name: string } | { readonly nameRegex: string },
    private readonly words: string,
  ) {}

  toString(): string {
    return this.words;
  }
}

function checked(text: string): string {
  if (text.trim().length < 3)
    throw OST019.violation({ given: `image name "${text}"`, fix: 'write it as the cloud does: "Ubuntu Server 22.04"' });
  return text;
}
