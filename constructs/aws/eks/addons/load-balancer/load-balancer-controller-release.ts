import { ADD008 } from "../rules";

/** Releases whose IAM policy is published by upstream under one of these versions. */
export type PolicyVersion = "v2.13.0" | "v3.7.0";

interface ReleaseFacts {
  /** Version of the Helm chart: in the 2.x line they differ. */
  readonly chart: string;
  /** First release with this IAM policy. */
  readonly policy: PolicyVersion;
  /** Whether it can serve the Gateway API: from 2.14 on, by default from 3.0 on. */
  readonly gatewayApi: "none" | "optional" | "default";
}

/**
 * Releases of the controller. Sources: releases and `docs/install/iam_policy.json` of kubernetes-sigs/aws-load-balancer-controller,
 * and the chart in aws/eks-charts. The review is described in docs/versions.md.
 */
const RELEASES: ReadonlyMap<string, ReleaseFacts> = new Map<string, ReleaseFacts>([
  ["v2.13.3", { chart: "1.13.3", policy: "v2.13.0", gatewayApi: "none" }],
  ["v2.13.4", { chart: "1.13.4", policy: "v2.13.0", gatewayApi: "none" }],
  ["v2.14.1", { chart: "1.14.1", policy: "v2.13.0", gatewayApi: "optional" }],
  ["v2.15.0", { chart: "1.15.0", policy: "v2.13.0", gatewayApi: "optional" }],
  ["v2.16.0", { chart: "1.16.0", policy: "v2.13.0", gatewayApi: "optional" }],
  ["v2.17.1", { chart: "1.17.1", policy: "v2.13.0", gatewayApi: "optional" }],
  ["v3.4.3", { chart: "3.4.3", policy: "v2.13.0", gatewayApi: "default" }],
  ["v3.5.0", { chart: "3.5.0", policy: "v2.13.0", gatewayApi: "default" }],
  ["v3.6.0", { chart: "3.6.0", policy: "v2.13.0", gatewayApi: "default" }],
  ["v3.7.0", { chart: "3.7.0", policy: "v3.7.0", gatewayApi: "default" }],
]);

/**
 * Defines a release of the AWS Load Balancer Controller, with its chart and its IAM policy.
 *
 * @example LoadBalancerControllerRelease.V2_17_1; LoadBalancerControllerRelease.of("v2.13.3")
 */
export class LoadBalancerControllerRelease {
  /** The release of the environment `lab`. */
  static readonly V2_13_3 = LoadBalancerControllerRelease.of("v2.13.3");
  /** The last of the 2.x line. */
  static readonly V2_17_1 = LoadBalancerControllerRelease.of("v2.17.1");
  /** Release 3.5.0. */
  static readonly V3_5_0 = LoadBalancerControllerRelease.of("v3.5.0");
  /** Release 3.6.0. */
  static readonly V3_6_0 = LoadBalancerControllerRelease.of("v3.6.0");
  /** Release 3.7.0. */
  static readonly V3_7_0 = LoadBalancerControllerRelease.of("v3.7.0");

  /** A release by its version; rejects releases whose IAM policy may differ from the library's. */
  static of(version: string): LoadBalancerControllerRelease {
    const facts = RELEASES.get(version);
    if (facts === undefined)
      throw ADD008.violation({
        given: `load balancer controller "${version}"`,
        fix: `use one of ${[...RELEASES.keys()].join(", ")}`,
      });
    return new LoadBalancerControllerRelease(version, facts);
  }

  /** Version of its Helm chart. */
  readonly chart: string;
  /** First release with its IAM policy. */
  readonly policy: PolicyVersion;
  /** Whether it can serve the Gateway API, and whether it does so by default when the CRDs exist. */
  readonly gatewayApi: "none" | "optional" | "default";

  private constructor(
    /** Release, such as `v3.6.0`. */
    readonly version: string,
    facts: ReleaseFacts,
  ) {
    this.chart = facts.chart;
    this.policy = facts.policy;
    this.gatewayApi = facts.gatewayApi;
  }
}
