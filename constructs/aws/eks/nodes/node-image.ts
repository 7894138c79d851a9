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
  /** Stores container images and pod data on a second volume, separate from the system. */
  static readonly BOTTLEROCKET = new NodeImage("BOTTLEROCKET_x86_64", "x86_64", "/dev/xvdb");
  static readonly BOTTLEROCKET_ARM64 = new NodeImage("BOTTLEROCKET_ARM_64", "arm64", "/dev/xvdb");

  /** Amazon Linux 2023 for an architecture. */
  static al2023(architecture: Architecture): NodeImage {
    return architecture === "arm64" ? NodeImage.AL2023_ARM64 : NodeImage.AL2023;
  }

  private constructor(
    /** Value of the EKS API. */
    readonly amiType: string,
    readonly architecture: Architecture,
    /** Device of the volume that stores container images and pod data. */
    readonly device: string,
  ) {}
}
