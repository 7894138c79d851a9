import { type Accelerator, acceleratorOf, type Architecture, architectureOf } from "../../compute/instance-type";

/**
 * Defines the operating system of nodes. Images for accelerators contain their drivers.
 *
 * @example NodeImage.AL2023; NodeImage.BOTTLEROCKET_ARM64; NodeImage.for("g5.xlarge")
 */
export class NodeImage {
  /** Amazon Linux 2023 for x86 processors. */
  static readonly AL2023 = new NodeImage("AL2023_x86_64_STANDARD", "x86_64", "/dev/xvda", []);
  /** Amazon Linux 2023 for ARM processors. */
  static readonly AL2023_ARM64 = new NodeImage("AL2023_ARM_64_STANDARD", "arm64", "/dev/xvda", []);
  /** Amazon Linux 2023 for x86 processors with NVIDIA accelerators. */
  static readonly AL2023_NVIDIA = new NodeImage("AL2023_x86_64_NVIDIA", "x86_64", "/dev/xvda", ["NVIDIA"]);
  /** Amazon Linux 2023 for ARM processors with NVIDIA accelerators. */
  static readonly AL2023_ARM64_NVIDIA = new NodeImage("AL2023_ARM_64_NVIDIA", "arm64", "/dev/xvda", ["NVIDIA"]);
  /** Amazon Linux 2023 with AWS Neuron accelerators. */
  static readonly AL2023_NEURON = new NodeImage("AL2023_x86_64_NEURON", "x86_64", "/dev/xvda", ["Neuron"]);
  /** Stores container images and pod data on a second volume, separate from the system. Contains the Neuron driver. */
  static readonly BOTTLEROCKET = new NodeImage("BOTTLEROCKET_x86_64", "x86_64", "/dev/xvdb", [undefined, "Neuron"]);
  /** Bottlerocket for ARM processors. */
  static readonly BOTTLEROCKET_ARM64 = new NodeImage("BOTTLEROCKET_ARM_64", "arm64", "/dev/xvdb", []);
  /** Bottlerocket for x86 processors with NVIDIA accelerators. */
  static readonly BOTTLEROCKET_NVIDIA = new NodeImage("BOTTLEROCKET_x86_64_NVIDIA", "x86_64", "/dev/xvdb", ["NVIDIA"]);
  /** Bottlerocket for ARM processors with NVIDIA accelerators. */
  static readonly BOTTLEROCKET_ARM64_NVIDIA = new NodeImage("BOTTLEROCKET_ARM_64_NVIDIA", "arm64", "/dev/xvdb", [
    "NVIDIA",
  ]);

  /** Amazon Linux 2023 for an architecture, without accelerators. */
  static al2023(architecture: Architecture): NodeImage {
    return architecture === "arm64" ? NodeImage.AL2023_ARM64 : NodeImage.AL2023;
  }

  /** Amazon Linux 2023 for the architecture and the accelerator of an instance type. */
  static for(instanceType: string): NodeImage {
    const [architecture, accelerator] = [architectureOf(instanceType), acceleratorOf(instanceType)];
    const isArm = architecture === "arm64";
    if (accelerator === "NVIDIA") return isArm ? NodeImage.AL2023_ARM64_NVIDIA : NodeImage.AL2023_NVIDIA;
    return accelerator === "Neuron" ? NodeImage.AL2023_NEURON : NodeImage.al2023(architecture);
  }

  private constructor(
    /** Value of the EKS API. */
    readonly amiType: string,

    /** Processor architecture of the nodes. */
    readonly architecture: Architecture,
    /** Device of the volume that stores container images and pod data. */
    readonly device: string,
    private readonly accelerators: readonly (Accelerator | undefined)[],
  ) {}

  /** Whether EKS accepts instances with this accelerator for the image; undefined are instances without one. */
  supports(accelerator: Accelerator | undefined): boolean {
    return this.accelerators.length === 0 ? accelerator === undefined : this.accelerators.includes(accelerator);
  }
}
