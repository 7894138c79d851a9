import { defined } from "../../core/defined";
import { PIP016 } from "../rules";

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
    // Source: "environment:name" in the GitLab CI/CD YAML syntax reference.
    if (!/^[\w ${}./-]{1,255}$/.test(environment))
      throw PIP016.violation({
        at: "Deployment.to",
        given: `environment ${JSON.stringify(environment.slice(0, 60))}`,
        fix: "use letters, digits, spaces and - _ / $ { } .",
      });
    return new Deployment(environment, options);
  }

  private constructor(
    /** Name of the environment on GitLab. */
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
