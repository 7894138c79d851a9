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
import { awsCommand } from "../aws/aws-command";
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

/** How a kind is deleted: as AWS CLI commands for display (without `aws` and the region; ID and GROUP are replaced), and by the API. */
interface Deletion {
  readonly commands: readonly string[];
  readonly request: (leftover: Leftover, session: AwsSession) => Promise<unknown>;
}

const DELETIONS: Readonly<Record<Leftover["kind"], Deletion>> = {
  "load balancer": {
    commands: [
      "elbv2 delete-load-balancer --load-balancer-arn ID",
      "elbv2 wait load-balancers-deleted --load-balancer-arns ID",
    ],
    request: async ({ id }, session) => {
      const client = session.client(ElasticLoadBalancingV2Client);
      await client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: id }));
      const wait = { client, maxWaitTime: LOAD_BALANCER_DELETION_SECONDS };
      await waitUntilLoadBalancersDeleted(wait, { LoadBalancerArns: [id] });
    },
  },
  "classic load balancer": {
    commands: ["elb delete-load-balancer --load-balancer-name ID"],
    request: ({ id }, session) =>
      session.client(ElasticLoadBalancingClient).send(new DeleteClassicLoadBalancerCommand({ LoadBalancerName: id })),
  },
  "target group": {
    commands: ["elbv2 delete-target-group --target-group-arn ID"],
    request: ({ id }, session) =>
      session.client(ElasticLoadBalancingV2Client).send(new DeleteTargetGroupCommand({ TargetGroupArn: id })),
  },
  "security group rule": {
    commands: ["ec2 revoke-security-group-DIRECTION --group-id GROUP --security-group-rule-ids ID"],
    request: ({ id, rule }, session) => {
      const input = { GroupId: rule?.groupId, SecurityGroupRuleIds: [id] };
      const client = session.client(EC2Client);
      return rule?.isEgress === true
        ? client.send(new RevokeSecurityGroupEgressCommand(input))
        : client.send(new RevokeSecurityGroupIngressCommand(input));
    },
  },
  "network interface": {
    commands: ["ec2 delete-network-interface --network-interface-id ID"],
    request: ({ id }, session) =>
      session.client(EC2Client).send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
  },
  "security group": {
    commands: ["ec2 delete-security-group --group-id ID"],
    request: ({ id }, session) => session.client(EC2Client).send(new DeleteSecurityGroupCommand({ GroupId: id })),
  },
};

/** The AWS CLI commands that delete a leftover, without `aws` and the region; empty if its identifier cannot be part of a command. */
export function deletionCommands({ kind, id, rule }: Leftover): readonly string[] {
  const values = new Map([
    ["ID", id],
    ["GROUP", rule?.groupId ?? ""],
    ["DIRECTION", rule?.isEgress === true ? "egress" : "ingress"],
  ]);
  const commands = DELETIONS[kind].commands.map((command) => awsCommand(command, values));
  return commands.every((command) => command !== undefined) ? commands : [];
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
