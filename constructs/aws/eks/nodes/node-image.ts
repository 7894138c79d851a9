import type { Architecture } from "./instance-type";

/**
 * Defines the operating system of nodes.
 *
 * @example NodeImage.AL2023; NodeImage.BOTTLEROCKET_ARM64
 */
export class NodeImage {
  static readonly AL2023 = new NodeImage("AL2023_x86_64_STANDARD", "x86_64", "/dev/xvda");
  static readonly AL2023_ARM64 = new NodeImage("AL2023_ARM_64_STANDARD", "arm64", "/dev/xvda");
  static readonly AL2023_NVIDIA = new NodeImage("AL2023_x86_64_NVIDIA", "x86_64", "/dev/xvda");
  /** Keeps its own files apart from what pods write, on a second volume. */
  static readonly BOTTLEROCKET = new NodeImage("BOTTLEROCKET_x86_64", "x86_64", "/dev/xvdb");
  static readonly BOTTLEROCKET_ARM64 = new NodeImage("BOTTLEROCKET_ARM_64", "arm64", "/dev/xvdb");

  /** Amazon Linux 2023 for a processor. */
  static al2023(architecture: Architecture): NodeImage {
    return architecture === "arm64" ? NodeImage.AL2023_ARM64 : NodeImage.AL2023;
  }

  private constructor(
    /** As EKS calls it. */
    readonly amiType: string,
    readonly architecture: Architecture,
    /** Device of the volume that images and pods fill. */
    readonly device: string,
  ) {}
}
