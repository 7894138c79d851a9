import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { type HelmValues, renderHelmValues } from "./helm-values";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB001, KUB002, KUB020 } from "../rules";

/** Properties of {@link HelmRelease}. */
export interface HelmReleaseProps {
  /** Name of the release, at most 53 characters. */
  readonly name: string;
  /** Name of the chart in its repository, or path of a local chart. */
  readonly chart: string;
  /** Version of the chart: one version, not a range. */
  readonly version: string;
  /** Namespace in which the chart is installed. */
  readonly namespace: string;
  /**
   * URL of the chart repository: `https://…` or `oci://…`.
   * @default - none: `chart` is a local path
   */
  readonly repository?: string;
  /**
   * Values of the chart: plain data, which may contain attributes of resources. They are rendered as one JSON document with sorted
   * keys; keys whose value is undefined are omitted.
   * @default - the defaults of the chart
   */
  readonly values?: HelmValues;
  /**
   * Whether the release also creates its namespace. The namespace remains when the release is destroyed.
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * Time limit of an installation, upgrade or removal, at least five minutes.
   * @default - ten minutes
   */
  readonly timeout?: Duration;
  /**
   * Resources that are created before the release and destroyed after it: the nodes of its pods, the identity that its controller
   * needs for its clean-up.
   * @default - none
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a Helm chart that is installed in a cluster.
 *
 * Creates one release. An apply waits until all of its objects are ready; a failed installation or upgrade is rolled back and its
 * objects are deleted. Free of charge by itself.
 *
 * @example
 * new HelmRelease(this, "MetricsServer", {
 *   name: "metrics-server", chart: "metrics-server", version: "3.13.1", namespace: "kube-system",
 *   repository: "https://kubernetes-sigs.github.io/metrics-server/",
 *   values: { replicas: 2 },
 * });
 */
export class HelmRelease extends Construct implements ITerraformDependable {
  /** Name of the release. */
  readonly releaseName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Version. */
  readonly version: string;
  /** For `dependsOn`: objects that the release serves must be destroyed before it. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const { repository, createNamespace = false, timeout = Duration.minutes(10) } = props;
    Name.check(props.namespace, OBJECT_NAMES.namespace, this);
    claimName(props.name, OBJECT_NAMES.release, props.namespace, this);
    this.rejectMissingChart(props);
    this.rejectVersionRange(props);
    this.rejectShortTimeout(timeout);
    const resource = new Release(this, "Resource", {
      name: props.name,
      ...escaped({ chart: props.chart, ...defined({ repository }) }),
      version: props.version,
      namespace: props.namespace,
      ...defined({ values: props.values && [renderHelmValues(props.values, this)] }),
      createNamespace,
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      timeout: timeout.toSeconds(),
      ...defined({ dependsOn: props.dependsOn && [...props.dependsOn] }),
    });
    this.node.defaultChild = resource;
    this.releaseName = props.name;
    this.namespace = props.namespace;
    this.version = props.version;
    this.fqn = resource.fqn;
  }

  private rejectMissingChart({ chart, repository = "none" }: HelmReleaseProps): void {
    if (/:\/\/[^/]*@/.test(`${repository} ${chart}`))
      throw KUB020.violation({
        at: this,
        given: `chart "${chart.replace(/\/\/[^/]*@/, "//…@")}" with credentials in its address`,
        fix: "set the credentials in the Helm provider: the address is stored in the state",
      });
    if ([chart, repository].every((text) => /^\S+$/.test(text))) return;
    throw KUB020.violation({
      at: this,
      given: `chart "${chart}" of repository "${repository}"`,
      fix: "give the chart's name and the URL of its repository, or the path of a local chart without a repository",
    });
  }

  private rejectVersionRange({ chart, version }: HelmReleaseProps): void {
    if (isToken(version) || /^v?\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(version)) return;
    throw KUB001.violation({
      at: this,
      given: `version "${version}" of chart ${chart}`,
      fix: "specify one version, such as 1.13.3",
    });
  }

  private rejectShortTimeout(timeout: Duration): void {
    if (timeout.toSeconds() >= 300) return;
    throw KUB002.violation({ at: this, given: timeout.toString(), fix: "use at least Duration.minutes(5)" });
  }
}
