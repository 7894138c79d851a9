/**
 * Defines the size of the machine that builds an image.
 *
 * @example BuildMachine.MEDIUM
 */
export class BuildMachine {
  /** 2 vCPUs (on Graviton too), 3 to 4 GB of memory. */
  static readonly SMALL = new BuildMachine("BUILD_GENERAL1_SMALL");
  /** 4 vCPUs, 7 to 8 GB of memory. */
  static readonly MEDIUM = new BuildMachine("BUILD_GENERAL1_MEDIUM");
  /** 8 vCPUs, 15 to 16 GB of memory. */
  static readonly LARGE = new BuildMachine("BUILD_GENERAL1_LARGE");

  private constructor(
    /** Value of the CodeBuild API. */
    readonly computeType: string,
  ) {}
}
