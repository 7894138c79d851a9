import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import type { GitLabSettings } from "./gitlab-settings";
import { instanceSize } from "../../aws/compute/instance-size";
import { GLB004 } from "../rules";

/**
 * Defines the size of a server by its number of users.
 *
 * Source: "Installation requirements" and "Running GitLab in a memory-constrained environment" in the GitLab documentation.
 *
 * @example GitLabSizing.baseline(); GitLabSizing.constrained()
 */
export class GitLabSizing {
  /** The baseline of the documentation: 8 vCPUs, 16 GiB, not burstable. */
  static baseline(): GitLabSizing {
    return new GitLabSizing("baseline", 8, 16, {});
  }

  /** Up to about 20 users on 2 vCPUs and 8 GiB: fewer workers, no metrics. Below the baseline. */
  static constrained(): GitLabSizing {
    return new GitLabSizing("constrained", 2, 8, {
      "puma['worker_processes']": 2,
      "sidekiq['concurrency']": 10,
      "prometheus_monitoring['enable']": false,
    });
  }

  private constructor(
    /** Name of the sizing. */
    readonly name: string,
    private readonly cpus: number,
    private readonly gibibytes: number,

    /** Settings of `gitlab.rb`. */
    readonly settings: GitLabSettings,
  ) {}

  /** Rejects an instance type that is too small; returns it unchanged. */
  checked(type: string, at?: Location): string {
    if (isToken(type)) return type;
    const size = instanceSize(type);
    const small = size === undefined || size.isBurstable || size.cpus < this.cpus || size.gibibytes < this.gibibytes;
    if (!small) return type;
    const has =
      size === undefined
        ? "unknown to this library"
        : `${size.cpus} vCPUs, ${size.gibibytes} GiB${size.isBurstable ? ", burstable" : ""}`;
    const smaller = this.name === "baseline" ? ", or set sizing: GitLabSizing.constrained() for up to 20 users" : "";
    throw GLB004.violation({
      at,
      given: `${type} (${has}) for a ${this.name} server, which requires ${this.cpus} vCPUs and ${this.gibibytes} GiB`,
      fix: `use ${this.cpus === 8 ? "m5.2xlarge" : "m5.large"} or larger${smaller}`,
    });
  }
}
