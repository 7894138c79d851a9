import type { Rule } from "./rule";
import { bucketPolicy } from "./rules/bucket-policy";
import { cloudfrontEmptyHeaders } from "./rules/cloudfront-empty-headers";
import { cloudfrontFunctionEtag } from "./rules/cloudfront-function-etag";
import { codebuild } from "./rules/codebuild/codebuild";
import { autoScalingConstants } from "./rules/auto-scaling-constants";
import { defaultInstanceWarmup } from "./rules/default-instance-warmup";
import { dhcpOptionTags } from "./rules/dhcp-option-tags";
import { ecrLayers } from "./rules/ecr-layers";
import { ecrScan } from "./rules/ecr-scan";
import { addonIdentity } from "./rules/eks/addon-identity";
import { addonVersions } from "./rules/eks/addon-versions";
import { cluster } from "./rules/eks/cluster";
import { EksMemory } from "./rules/eks/memory";
import { nodeGroup } from "./rules/eks/node-group";
import { updates } from "./rules/eks/updates";
import { fileSystemPolicy } from "./rules/file-system-policy";
import { instanceGroups } from "./rules/instance-groups";
import { instanceMonitoring } from "./rules/instance-monitoring";
import { instanceRefresh } from "./rules/instance-refresh";
import { launchTemplateTags } from "./rules/launch-template-tags";
import { networkAclIcmp } from "./rules/network-acl-icmp";
import { publicAddress } from "./rules/public-address";
import { publicParameters } from "./rules/public-parameters";
import { securityGroupRuleDescription } from "./rules/security-group-rule-description";
import { shield } from "./rules/shield";
import { subnetIpv6 } from "./rules/subnet-ipv6";
import { volumeThroughput } from "./rules/volume-throughput";
import { website } from "./rules/website";

/** Creates all rules. Some have state, so they are created again when the emulators are reset; that of EKS is also read from outside. */
export function createRules(eks = new EksMemory()): readonly Rule[] {
  return [
    website,
    bucketPolicy(),
    dhcpOptionTags,
    networkAclIcmp(),
    securityGroupRuleDescription(),
    subnetIpv6(),
    launchTemplateTags,
    instanceMonitoring(),
    instanceRefresh,
    instanceGroups,
    volumeThroughput,
    publicAddress,
    autoScalingConstants,
    defaultInstanceWarmup(),
    fileSystemPolicy,
    publicParameters,
    shield,
    cloudfrontFunctionEtag,
    cloudfrontEmptyHeaders,
    cluster(eks),
    nodeGroup(eks),
    updates(eks),
    addonVersions,
    addonIdentity,
    codebuild(),
    ecrScan,
    ecrLayers(),
  ];
}
