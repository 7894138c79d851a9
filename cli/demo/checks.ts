import type { Cloud } from "@groundwork/local/cloud";
import type { ProjectToken } from "@groundwork/tooling/keystone-v3";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { AwsSession } from "../aws/aws-session";
import { actualCluster } from "./facts/cluster/actual";
import { expectedCluster } from "./facts/cluster/expected";
import { type Comparison, compare, type Fact } from "./facts/fact";
import { actualObjects } from "./facts/kubernetes/actual";
import { expectedObjects } from "./facts/kubernetes/expected";
import { actualLoadBalancers } from "./facts/load-balancers/actual";
import { expectedLoadBalancers } from "./facts/load-balancers/expected";
import { actualMachines } from "./facts/machines/actual";
import { expectedMachines } from "./facts/machines/expected";
import { actualNetwork } from "./facts/network/actual";
import { expectedNetwork } from "./facts/network/expected";
import { actualOpenStack } from "./facts/openstack/actual";
import { expectedOpenStack } from "./facts/openstack/expected";
import { actualSites } from "./facts/site/actual";
import { expectedSites } from "./facts/site/expected";

/** The APIs that return the actual values. */
export interface CloudApis extends Pick<Cloud, "endpoint" | "kubernetes" | "openstack"> {
  /** Token of a real OpenStack that contains the stack. @default - the emulated one contains it */
  readonly realOpenStack?: ProjectToken | undefined;
}

/** Compares the resources of a synthesized stack with the responses of the clouds' APIs. Terraform's state is not read. */
export async function check(stack: SynthesizedStack, apis: CloudApis): Promise<readonly Comparison[]> {
  const { kubernetes, openstack } = apis;
  const expected = [
    ...expectedNetwork(stack),
    ...expectedCluster(stack),
    ...expectedSites(stack),
    ...expectedMachines(stack),
    ...expectedObjects(stack),
    ...(kubernetes === undefined ? [] : expectedLoadBalancers(stack)),
    ...expectedOpenStack(stack),
  ];
  const actual = [
    ...(stack.region === "" ? [] : await actualOnAws(stack, apis)),
    ...(kubernetes === undefined ? [] : await actualObjects(kubernetes.cluster, stack)),
    ...(openstack === undefined ? [] : await actualOpenStack(openstack, stack, apis.realOpenStack)),
  ];
  return compare(expected, actual);
}

async function actualOnAws(stack: SynthesizedStack, { endpoint }: CloudApis): Promise<readonly Fact[]> {
  const session = new AwsSession(stack.region, endpoint);
  try {
    return [
      ...(await actualNetwork(session, stack.id)),
      ...(await actualCluster(session, stack)),
      ...(await actualMachines(session, stack)),
      ...(await actualLoadBalancers(session, stack)),
      ...(await actualSites(session, stack)),
    ];
  } finally {
    session.destroy();
  }
}
