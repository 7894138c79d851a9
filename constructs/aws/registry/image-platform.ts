/**
 * Defines an operating system and a processor architecture that an image is built for.
 *
 * @example [ImagePlatform.LINUX_AMD64, ImagePlatform.LINUX_ARM64]
 */
export class ImagePlatform {
  /** Intel and AMD processors, such as those of `m7i` instances. */
  static readonly LINUX_AMD64 = new ImagePlatform("linux/amd64");
  /** Graviton processors, such as those of `m7g` instances. */
  static readonly LINUX_ARM64 = new ImagePlatform("linux/arm64");

  private constructor(
    /** Name in Docker: `linux/amd64`. */
    readonly name: "linux/amd64" | "linux/arm64",
  ) {}
}
