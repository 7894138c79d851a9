import { defined } from "../../core/defined";

/** Options of a deployment. */
export interface DeploymentOptions {
  /** URL of the environment. @default - none */
  readonly url?: string;
  /** Resource group, in which GitLab runs one job at a time. @default - the name of the environment */
  readonly resourceGroup?: string;
}

/**
 * Defines the environment that a job deploys to, and its resource group.
 *
 * GitLab records the deployments of each environment. One resource group per environment prevents two pipelines from deploying at
 * the same time.
 *
 * @example Deployment.to("production", { url: "https://www.example.com" })
 */
export class Deployment {
  /** A deployment to this environment. */
  static to(environment: string, options: DeploymentOptions = {}): Deployment {
    return new Deployment(environment, options);
  }

  private constructor(
    readonly environment: string,
    private readonly options: DeploymentOptions,
  ) {}

  /** Name of the resource group. */
  get resourceGroup(): string {
    return this.options.resourceGroup ?? this.environment;
  }

  /** The keywords `environment` and `resource_group` of GitLab CI. */
  render(): Readonly<Record<string, unknown>> {
    const { url } = this.options;
    return {
      environment: { name: this.environment, ...defined({ url }) },
      resource_group: this.resourceGroup,
    };
  }
}
