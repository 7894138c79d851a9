import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  DeleteLoadBalancerCommand as DeleteClassicLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from "@aws-sdk/client-elastic-load-balancing";
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  waitUntilLoadBalancersDeleted,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsSession } from "../aws/aws-session";
import type { Leftover } from "./leftovers";

/** How often a deletion is tried while AWS reports that the resource is in use. */
export interface Retry {
  readonly attempts: number;
  readonly intervalMs: number;
}

/** Five minutes: network interfaces of a load balancer outlive it by minutes, and use its security groups. */
const DEFAULT_RETRY: Retry = { attempts: 30, intervalMs: 10_000 };

/** As long as the AWS CLI's `elbv2 wait` waits. */
const LOAD_BALANCER_DELETION_SECONDS = 600;

/** How a kind is deleted: as AWS CLI commands for display (without `aws` and the region), and by the API. */
interface Deletion {
  readonly commands: (leftover: Leftover) => readonly string[];
  readonly request: (leftover: Leftover, session: AwsSession) => Promise<unknown>;
}

const DELETIONS: Readonly<Record<Leftover["kind"], Deletion>> = {
  "load balancer": {
    commands: ({ id }) => [
      `elbv2 delete-load-balancer --load-balancer-arn ${id}`,
      `elbv2 wait load-balancers-deleted --load-balancer-arns ${id}`,
    ],
    request: async ({ id }, session) => {
      const client = session.client(ElasticLoadBalancingV2Client);
      await client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id }));
      const wait = { client, maxWaitTime: LOAD_BALANCER_DELETION_SECONDS };
      await waitUntilLoadBalancersDeleted(wait, { LoadBalancerArns: [id] });
    },
  },
  "classic load balancer": {
    commands: ({ id }) => [`elb delete-load-balancer --load-balancer-name ${id}`],
    request: ({ id }, session) =>
      session.client(ElasticLoadBalancingClient).send(new DeleteClassicLoadBalancerCommand({ LoadBalancerName: id })),
  },
  "target group": {
    commands: ({ id }) => [`elbv2 delete-target-group --target-group-arn ${id}`],
    request: ({ id }, session) =>
      session.client(ElasticLoadBalancingV2Client).send(new DeleteTargetGroupCommand({ TargetGroupArn: id })),
  },
  "security group rule": {
    commands: ({ id, rule }) => {
      const direction = rule?.isEgress === true ? "egress" : "ingress";
      const group = rule?.groupId ?? "";
      return [`ec2 revoke-security-group-${direction} --group-id ${group} --security-group-rule-ids ${id}`];
    },
    request: ({ id, rule }, session) => {
      const input = { GroupId: rule?.groupId, SecurityGroupRuleIds: [id] };
      const client = session.client(EC2Client);
      return rule?.isEgress === true
        ? client.send(new RevokeSecurityGroupEgressCommand(input))
        : client.send(new RevokeSecurityGroupIngressCommand(input));
    },
  },
  "network interface": {
    commands: ({ id }) => [`ec2 delete-network-interface --network-interface-id ${id}`],
    request: ({ id }, session) =>
      session.client(EC2Client).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
  },
  "security group": {
    commands: ({ id }) => [`ec2 delete-security-group --group-id ${id}`],
    request: ({ id }, session) => session.client(EC2Client).send(new DeleteSecurityGroupCommand({ GroupId: id })),
  },
};

/** The AWS CLI commands that delete a leftover, without `aws` and the region. */
export function deletionCommands(leftover: Leftover): readonly string[] {
  return DELETIONS[leftover.kind].commands(leftover);
}

/** Deletes leftovers one after another, in the given order. */
export async function deleteLeftovers(
  leftovers: readonly Leftover[],
  session: AwsSession,
  log: (line: string) => void,
  retry = DEFAULT_RETRY,
): Promise<void> {
  for (const leftover of leftovers) {
    await retryWhileInUse(() => DELETIONS[leftover.kind].request(leftover, session), retry);
    log(`deleted ${leftover.kind} ${leftover.name}`);
  }
}

async function retryWhileInUse(request: () => Promise<unknown>, { attempts, intervalMs }: Retry): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      await request();
      return;
    } catch (error) {
      if (attempt >= attempts || !/DependencyViolation|ResourceInUse|InUse/.test(String(error))) throw error;
      await sleep(intervalMs);
    }
}
