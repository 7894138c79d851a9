import { ADD008 } from "../rules";

/** Chart versions by controller version: in the 2.x line they differ. */
const CHARTS: Readonly<Record<string, string>> = {
  "v2.13.3": "1.13.3",
  "v2.13.4": "1.13.4",
  "v2.14.1": "1.14.1",
  "v2.15.0": "1.15.0",
  "v2.16.0": "1.16.0",
  "v2.17.1": "1.17.1",
  "v3.4.3": "3.4.3",
  "v3.5.0": "3.5.0",
};

/**
 * Defines a release of the AWS Load Balancer Controller. All of them have the same IAM policy.
 *
 * @example LoadBalancerControllerRelease.V2_17_1; LoadBalancerControllerRelease.of("v2.13.3")
 */
export class LoadBalancerControllerRelease {
  /** The release of the environment `lab`. */
  static readonly V2_13_3 = LoadBalancerControllerRelease.of("v2.13.3");
  /** The last of the 2.x line. */
  static readonly V2_17_1 = LoadBalancerControllerRelease.of("v2.17.1");
  static readonly V3_5_0 = LoadBalancerControllerRelease.of("v3.5.0");

  /** A release by its version; rejects releases whose IAM policy may differ from the library's. */
  static of(version: string): LoadBalancerControllerRelease {
    const chart = CHARTS[version];
    if (chart === undefined)
      throw ADD008.violation({
        given: `load balancer controller "${version}"`,
        fix: `use one of ${Object.keys(CHARTS).join(", ")}`,
      });
    return new LoadBalancerControllerRelease(version, chart);
  }

  private constructor(
    readonly version: string,
    /** Version of its Helm chart. */
    readonly chart: string,
  ) {}

  /** Whether it also supports the Gateway API, which requires CRDs that no chart contains. */
  get servesGatewayApi(): boolean {
    return this.version.startsWith("v3.");
  }
}
