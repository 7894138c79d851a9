import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import type { HelmValues } from "./helm-values";
import { renderHelmValues } from "./helm-values";
import { OBJECT_NAME, RELEASE_NAME } from "../names";
import { KUB001, KUB002 } from "../rules";

export interface HelmReleaseProps {
  /** Name of the release, at most 53 characters. */
  readonly name: string;
  /** Name of the chart in its repository, or the path of a chart on disk. */
  readonly chart: string;
  /** Version of the chart: one, not a range. */
  readonly version: string;
  /** Namespace the chart is installed in. */
  readonly namespace: string;
  /**
   * Address of the chart's repository: `https://…` or `oci://…`.
   * @default - none: the chart is on disk
   */
  readonly repository?: string;
  /**
   * What the chart is told.
   * @default - the chart's own values
   */
  readonly values?: HelmValues;
  /**
   * Whether the release also makes its namespace. The namespace stays when the release goes.
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * How long an installation, upgrade or removal may take, at least five minutes.
   * @default - ten minutes
   */
  readonly timeout?: Duration;
  /**
   * What has to stand before, and goes after the release: the nodes its pods run on, the identity its controller needs to
   * clean up behind itself.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a Helm chart that is installed in a cluster.
 *
 * Creates one release. It waits until everything in it is ready; an installation or upgrade that fails is rolled back
 * and leaves nothing behind. Free of charge by itself.
 *
 * @example
 * new HelmRelease(this, "MetricsServer", {
 *   name: "metrics-server", chart: "metrics-server", version: "3.13.1", namespace: "kube-system",
 *   repository: "https://kubernetes-sigs.github.io/metrics-server/",
 *   values: { replicas: 2 },
 * });
 */
export class HelmRelease extends Construct implements ITerraformDependable {
  readonly releaseName: string;
  readonly namespace: string;
  readonly version: string;
  /** For `dependsOn`: what the release serves must go before it does. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const { repository, createNamespace = false, timeout = Duration.minutes(10) } = props;
    Name.check(props.name, RELEASE_NAME, this);
    Name.check(props.namespace, OBJECT_NAME, this);
    this.refuseLooseVersion(props);
    this.refuseHaste(timeout);
    const resource = new Release(this, "Resource", {
      name: props.name,
      chart: props.chart,
      version: props.version,
      namespace: props.namespace,
      ...(repository === undefined ? {} : { repository }),
      ...(props.values === undefined ? {} : { values: [renderHelmValues(props.values, this)] }),
      createNamespace,
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      timeout: timeout.toSeconds(),
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.releaseName = props.name;
    this.namespace = props.namespace;
    this.version = props.version;
    this.fqn = resource.fqn;
  }

  private refuseLooseVersion({ chart, version }: HelmReleaseProps): void {
    if (isToken(version) || /^v?\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(version)) return;
    throw KUB001.violation({
      at: this,
      given: `version "${version}" of chart ${chart}`,
      fix: "name one version, such as 1.13.3",
    });
  }

  private refuseHaste(timeout: Duration): void {
    if (timeout.toSeconds() >= 300) return;
    throw KUB002.violation({ at: this, given: timeout.toString(), fix: "give at least Duration.minutes(5)" });
  }
}
