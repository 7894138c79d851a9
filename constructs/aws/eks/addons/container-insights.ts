import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Duration } from "../../../core/duration";
import type { HelmValues } from "../../../kubernetes/helm/helm-values";
import type { IEncryptionKey } from "../../encryption/encryption-key";
import { KeyUse } from "../../encryption/key-use";
import { Addon } from "./managed/addon";
import type { AddonVersion } from "./managed/addon-version";
import type { IEksCluster } from "../cluster/eks-cluster";
import { IdentityBinding } from "../access/identity-binding";
import { ManagedAddon } from "./managed/managed-addon";
import { ADD011 } from "./rules";

/** Groups that the agents write to. Made here, because agents make them without an end and leave them behind. */
const GROUPS = ["application", "dataplane", "host", "performance"];

export interface ContainerInsightsProps {
  readonly cluster: IEksCluster;
  /** How long logs and metrics in logs stay. @default - a month */
  readonly retention?: Duration;
  /** Key that encrypts the groups. @default - CloudWatch's own */
  readonly encryptionKey?: IEncryptionKey;
  /** How its pods come to their role. @default - EKS Pod Identity */
  readonly identity?: IdentityBinding;
  /** Port on each node at which Fluent Bit answers about itself. @default - none: it is not asked */
  readonly fluentBitPort?: number;
  /** Whether logs of pods and nodes are collected. Billed by the gigabyte. @default true */
  readonly containerLogs?: boolean;
  /** Whether metrics go down to single pods and containers. Billed by the observation. @default true */
  readonly enhancedMetrics?: boolean;
  /** Whether requests are traced through services. Billed by the signal. @default false */
  readonly applicationSignals?: boolean;
  /** Whether GPUs and other accelerators are watched. Billed by the observation. @default false */
  readonly accelerators?: boolean;
  /** Which build runs. @default - EKS's default for the cluster's version */
  readonly version?: AddonVersion;
  /** What has to stand before, and goes after. @default - nothing beyond nodes, groups and identity */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines what CloudWatch knows of a cluster: metrics by cluster, node, namespace, service and pod, and the logs of all.
 *
 * Creates four log groups with an end, a role for the agents, and the add-on `amazon-cloudwatch-observability`: CloudWatch
 * agent and Fluent Bit on every node, which reads logs from their tail.
 *
 * Cost: it is what costs most after the nodes. Every switch says what it is billed by.
 *
 * Errors: ADD003, ADD011.
 *
 * @example new ContainerInsights(this, "Insights", { cluster, retention: Duration.days(30) })
 */
export class ContainerInsights extends Construct implements ITerraformDependable {
  /** For `dependsOn`. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(scope, id);
    this.refusePort(props.fluentBitPort);
    const { cluster, version, identity = IdentityBinding.podIdentity() } = props;
    const groups = this.makeGroups(props);
    const addon = new ManagedAddon(this, "Addon", {
      cluster,
      addon: Addon.CLOUDWATCH_OBSERVABILITY,
      identity,
      configuration: configurationOf(props),
      ...(version === undefined ? {} : { version }),
      dependsOn: [...groups, ...(props.dependsOn ?? [])],
    });
    this.node.defaultChild = addon.node.defaultChild;
    this.fqn = addon.fqn;
  }

  private makeGroups({ cluster, retention, encryptionKey }: ContainerInsightsProps): readonly CloudwatchLogGroup[] {
    const prefix = `/aws/containerinsights/${cluster.clusterName}`;
    encryptionKey?.allow(KeyUse.cloudWatchLogs(`${prefix}/*`));
    return GROUPS.map(
      (group) =>
        new CloudwatchLogGroup(this, group, {
          name: `${prefix}/${group}`,
          retentionInDays: (retention ?? Duration.days(30)).toDays(),
          ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey.keyArn }),
        }),
    );
  }

  private refusePort(port: number | undefined): void {
    if (port === undefined || (Number.isInteger(port) && port >= 1024 && port <= 65535)) return;
    throw ADD011.violation({ at: this, given: `port ${port}`, fix: "use 2020, as Fluent Bit does, or leave it out" });
  }
}

/** What the add-on is told; `agent.config` and sections of Fluent Bit replace the add-on's own as a whole. */
function configurationOf(props: ContainerInsightsProps): HelmValues {
  const { containerLogs = true, enhancedMetrics = true, applicationSignals = false, accelerators = false } = props;
  const signals = applicationSignals ? { application_signals: {} } : {};
  return {
    containerLogs: {
      enabled: containerLogs,
      ...(containerLogs && props.fluentBitPort !== undefined
        ? { fluentBit: { config: { service: fluentBitService(props.fluentBitPort) } } }
        : {}),
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
        ...(applicationSignals ? { traces: { traces_collected: signals } } : {}),
      },
    },
  };
}

/** The add-on's own section, and a server that answers about Fluent Bit. */
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
