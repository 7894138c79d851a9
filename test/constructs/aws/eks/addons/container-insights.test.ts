import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import {
  ContainerInsights,
  type ContainerInsightsProps,
} from "@groundwork/constructs/aws/eks/addons/container-insights";
import { ADD003, ADD011 } from "@groundwork/constructs/aws/eks/addons/rules";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { AWS004 } from "@groundwork/constructs/aws/rules";
import { Duration } from "@groundwork/constructs/core/duration";
import { eksStack, importedCluster } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";
import { statementsOf } from "../../../../support/policy";

interface Configuration {
  readonly agent: {
    readonly config: {
      readonly logs: { readonly metrics_collected: Readonly<Record<string, Readonly<Record<string, boolean>>>> };
      readonly traces?: object;
    };
  };
  readonly containerLogs: {
    readonly enabled: boolean;
    readonly fluentBit?: { readonly config: Readonly<Record<string, string>> };
  };
}

function insightsWith(props: Partial<ContainerInsightsProps> = {}) {
  const { stack, cluster } = importedCluster();
  new ContainerInsights(stack, "Insights", { cluster, ...props });
  const configuration = JSON.parse(String(resource(stack, EksAddon)["configuration_values"])) as Configuration;
  return { stack, configuration };
}

describe("ContainerInsights", () => {
  test("installs the CloudWatch add-on with a role for its agents", () => {
    const { stack } = insightsWith();
    expect(resource(stack, EksAddon)).toMatchObject({ addon_name: "amazon-cloudwatch-observability" });
    expect(resource(stack, EksPodIdentityAssociation)).toMatchObject({
      namespace: "amazon-cloudwatch",
      service_account: "cloudwatch-agent",
    });
    expect(resource(stack, IamRolePolicyAttachment)["policy_arn"]).toBe(
      "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
    );
  });

  test("creates the log groups with retention before the agents can create them without", () => {
    const { stack } = insightsWith({ retention: Duration.days(14) });
    expect(resources(stack, CloudwatchLogGroup).map((group) => [group["name"], group["retention_in_days"]])).toEqual([
      ["/aws/containerinsights/demo/application", 14],
      ["/aws/containerinsights/demo/dataplane", 14],
      ["/aws/containerinsights/demo/host", 14],
      ["/aws/containerinsights/demo/performance", 14],
    ]);
    expect(graphOf(stack).needs("aws_eks_addon", "aws_cloudwatch_log_group")).toBe(true);
  });

  test("encrypts the log groups with a key whose policy allows only them", () => {
    const { stack, cluster } = importedCluster();
    const encryptionKey = new EncryptionKey(stack, "Key");
    new ContainerInsights(stack, "Insights", { cluster, encryptionKey });
    for (const group of resources(stack, CloudwatchLogGroup)) expect(group).toHaveProperty("kms_key_id");
    expect(JSON.stringify(statementsOf(resource(stack, KmsKey)))).toContain("log-group:/aws/containerinsights/demo/*");
  });

  test("collects by default enhanced metrics and logs, and nothing else that is billed", () => {
    const { configuration } = insightsWith();
    expect(configuration).toMatchObject({
      agent: {
        config: {
          logs: {
            metrics_collected: {
              kubernetes: { enhanced_container_insights: true, accelerated_compute_metrics: false },
            },
          },
        },
      },
      containerLogs: { enabled: true },
    });
    expect(configuration.agent.config).not.toHaveProperty("traces");
    expect(configuration.agent.config.logs.metrics_collected).not.toHaveProperty("application_signals");
  });

  test("has a switch for every billed feature", () => {
    const off = insightsWith({ containerLogs: false, enhancedMetrics: false, fluentBitPort: 2020 }).configuration;
    expect(off.containerLogs).toEqual({ enabled: false });
    expect(off.agent.config.logs.metrics_collected["kubernetes"]?.["enhanced_container_insights"]).toBe(false);
    const on = insightsWith({ applicationSignals: true, accelerators: true }).configuration;
    expect(on.agent.config.traces).toEqual({ traces_collected: { application_signals: {} } });
    expect(on.agent.config.logs.metrics_collected["kubernetes"]?.["accelerated_compute_metrics"]).toBe(true);
  });

  test("enables the monitoring server of Fluent Bit on the given port, in a complete section", () => {
    const { configuration } = insightsWith({ fluentBitPort: 2020 });
    const service = configuration.containerLogs.fluentBit?.config["service"] ?? "";
    const settings = Object.fromEntries(
      service
        .split("\n")
        .slice(1)
        .filter(Boolean)
        .map((line) => line.trim().split(/\s+/)),
    ) as Record<string, string>;
    expect(service.startsWith("[SERVICE]\n")).toBe(true);
    expect(settings).toEqual({
      Flush: "5",
      Grace: "30",
      Log_Level: "error",
      Daemon: "off",
      Parsers_File: "parsers.conf",
      HTTP_Server: "On",
      HTTP_Listen: "0.0.0.0",
      HTTP_Port: "2020",
      "storage.path": "/var/fluent-bit/state/flb-storage/",
      "storage.sync": "normal",
      "storage.checksum": "off",
      "storage.backlog.mem_limit": "5M",
    });
  });

  test("reads logs from their end: the add-on's other configuration files stay unchanged", () => {
    const { configuration } = insightsWith({ fluentBitPort: 2020 });
    expect(Object.keys(configuration.containerLogs.fluentBit?.config ?? {})).toEqual(["service"]);
  });

  test.each([80, 70_000, 20.5])("rejects port %d", (fluentBitPort) => {
    expect(() => insightsWith({ fluentBitPort })).toViolate(ADD011);
  });

  test("rejects a cluster without nodes", () => {
    const { stack, cluster } = eksStack();
    expect(() => new ContainerInsights(stack, "Insights", { cluster })).toViolate(ADD003);
  });

  test.each([2, 45, 100, 366, 3654])("rejects a retention of %d days, which CloudWatch Logs does not offer", (days) => {
    expect(() => insightsWith({ retention: Duration.days(days) })).toViolate(AWS004);
  });

  test("takes further configuration of the add-on", () => {
    const { configuration } = insightsWith({
      configuration: { tolerations: [{ operator: "Exists" }], containerLogs: { fluentBit: { resources: {} } } },
    });
    expect(configuration).toMatchObject({
      tolerations: [{ operator: "Exists" }],
      containerLogs: { enabled: true, fluentBit: { resources: {} } },
    });
  });
});
