/** What a deployment can say beyond the place it goes to. */
export interface DeploymentOptions {
  /** Address at which people find the result. @default - none */
  readonly url?: string;
  /** Resource group: of all jobs in it one runs at a time. @default - the environment's name */
  readonly resourceGroup?: string;
}

/**
 * Defines that a job changes an environment, and with whom it takes turns.
 *
 * GitLab keeps a record of what was deployed where. One resource group for each environment is what keeps two pipelines from
 * deploying at once.
 *
 * @example Deployment.to("production", { url: "https://www.example.com" })
 */
export class Deployment {
  static to(environment: string, options: DeploymentOptions = {}): Deployment {
    return new Deployment(environment, options);
  }

  private constructor(
    readonly environment: string,
    private readonly options: DeploymentOptions,
  ) {}

  /** Name of the group of jobs of which one runs at a time. */
  get resourceGroup(): string {
    return this.options.resourceGroup ?? this.environment;
  }

  /** As GitLab reads it. */
  render(): Readonly<Record<string, unknown>> {
    const { url } = this.options;
    return {
      environment: { name: this.environment, ...(url === undefined ? {} : { url }) },
      resource_group: this.resourceGroup,
    };
  }
}
