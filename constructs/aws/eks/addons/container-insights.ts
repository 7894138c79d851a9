import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../../core/defined";
import { Duration } from "../../../core/duration";
import type { HelmValues } from "../../../kubernetes/helm/helm-values";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import { KeyUse } from "../../encryption/key-use";
import { logRetentionDays } from "../../log-retention";
import { Addon } from "./managed/addon";
import type { AddonVersion } from "./managed/addon-version";
import type { IEksCluster } from "../cluster/eks-cluster";
import { IdentityBinding } from "../access/identity-binding";
import { ManagedAddon } from "./managed/managed-addon";
import { mergedValues } from "./merged-values";
import { ADD011 } from "./rules";

/** Log groups of the agents. Created here, because the agents create them without retention and leave them behind. */
const GROUPS = ["application", "dataplane", "host", "performance"];

/** Properties of {@link ContainerInsights}. */
export interface ContainerInsightsProps {
  /** Cluster to observe. */
  readonly cluster: IEksCluster;
  /** Retention of logs and of metrics in logs. @default - 30 days */
  readonly retention?: Duration;
  /** Key that encrypts the log groups. @default - the key of CloudWatch Logs */
  readonly encryptionKey?: IEncryptionKey;
  /** How its pods assume their role. @default - EKS Pod Identity */
  readonly identity?: IdentityBinding;
  /** Port on each node for the monitoring server of Fluent Bit, 1024 to 65535. @default - none: the server is off */
  readonly fluentBitPort?: number;
  /** Whether logs of pods and nodes are collected. Billed by the gigabyte. @default true */
  readonly containerLogs?: boolean;
  /** Whether metrics are collected for single pods and containers. Billed by the observation. @default true */
  readonly enhancedMetrics?: boolean;
  /** Whether requests are traced through services. Billed by the signal. @default false */
  readonly applicationSignals?: boolean;
  /** Whether metrics of GPUs and other accelerators are collected. Billed by the observation. @default false */
  readonly accelerators?: boolean;
  /** Further configuration by the schema of the add-on, which takes precedence over that of this construct. @default - none */
  readonly configuration?: HelmValues;
  /** Version of the add-on. @default - the EKS default for the cluster's version */
  readonly version?: AddonVersion;
  /** Resources to create before and to destroy after the add-on. @default - only nodes, log groups and identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines Container Insights of a cluster: metrics by cluster, node, namespace, service and pod, and the logs of pods and nodes.
 *
 * Creates four log groups with retention, a role for the agents, and the add-on `amazon-cloudwatch-observability`: CloudWatch
 * agent and Fluent Bit on every node. Fluent Bit reads log files from their end.
 *
 * Cost: usually the largest after the nodes. The doc comment of each switch names its billing unit.
 *
 * Errors: ADD003, ADD011, AWS004.
 *
 * @example new ContainerInsights(this, "Insights", { cluster, retention: Duration.days(30) })
 */
export class ContainerInsights extends Construct implements ITerraformDependable {
  /** For `dependsOn`. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(scope, id);
    this.rejectInvalidPort(props.fluentBitPort);
    const { cluster, version, identity = IdentityBinding.podIdentity() } = props;
    const groups = this.createLogGroups(props);
    const addon = new ManagedAddon(this, "Addon", {
      cluster,
      addon: Addon.CLOUDWATCH_OBSERVABILITY,
      identity,
      configuration: mergedValues(configurationOf(props), props.configuration ?? {}),
      ...defined({ version }),
      dependsOn: [...groups, ...(props.dependsOn ?? [])],
    });
    this.node.defaultChild = addon.node.defaultChild;
    this.fqn = addon.fqn;
  }

  private createLogGroups({
    cluster,
    retention,
    encryptionKey,
  }: ContainerInsightsProps): readonly CloudwatchLogGroup[] {
    const prefix = `/aws/containerinsights/${cluster.clusterName}`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(`${prefix}/*`));
    return GROUPS.map(
      (group) =>
        new CloudwatchLogGroup(this, group, {
          name: `${prefix}/${group}`,
          retentionInDays: logRetentionDays(retention ?? Duration.days(30), this),
          ...defined({ kmsKeyId: encryptionKey?.keyArn }),
        }),
    );
  }

  private rejectInvalidPort(port: number | undefined): void {
    if (port === undefined || (Number.isInteger(port) && port >= 1024 && port <= 65535)) return;
    throw ADD011.violation({ at: this, given: `port ${port}`, fix: "use 2020, the default of Fluent Bit, or omit it" });
  }
}

/** Configuration of the add-on; `agent.config` and the sections of Fluent Bit replace the defaults of the add-on as a whole. */
function configurationOf(props: ContainerInsightsProps): HelmValues {
  const { containerLogs = true, enhancedMetrics = true, applicationSignals = false, accelerators = false } = props;
  const signals = applicationSignals ? { application_signals: {} } : {};
  return {
    containerLogs: {
      enabled: containerLogs,
      ...defined({
        fluentBit:
          containerLogs && props.fluentBitPort !== undefined
            ? { config: { service: fluentBitService(props.fluentBitPort) } }
            : undefined,
      }),
    },
    agent: {
      config: {
        logs: {
          metrics_collected: {
            kubernetes: {
              enhanced_container_insights: enhancedMetrics,
              accelerated_compute_metrics: accelerators,
            },
            ...signals,
          },
        },
        ...defined({ traces: applicationSignals ? { traces_collected: signals } : undefined }),
      },
    },
  };
}

/** The default `[SERVICE]` section of the add-on, plus the monitoring server. */
function fluentBitService(port: number): string {
  const settings: readonly (readonly [string, string | number])[] = [
    ["Flush", 5],
    ["Grace", 30],
    ["Log_Level", "error"],
    ["Daemon", "off"],
    ["Parsers_File", "parsers.conf"],
    ["HTTP_Server", "On"],
    ["HTTP_Listen", "0.0.0.0"],
    ["HTTP_Port", port],
    ["storage.path", "/var/fluent-bit/state/flb-storage/"],
    ["storage.sync", "normal"],
    ["storage.checksum", "off"],
    ["storage.backlog.mem_limit", "5M"],
  ];
  return `[SERVICE]\n${settings.map(([key, value]) => `  ${key.padEnd(28)}${value}\n`).join("")}`;
}
