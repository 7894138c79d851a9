import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import type { AwsSession } from "../../../aws/aws-session";
import { allItems } from "../../../aws/pages";
import { tagRecord } from "../../../aws/tags";
import type { Fact } from "../fact";
import { groupsOf, ingressesOf } from "./expected";
import { balancerFact, ruleFact } from "./summary";

/** The load balancers that the controller has created for the groups of a stack, and their rules, from AWS's API. */
export async function actualLoadBalancers(session: AwsSession, stack: SynthesizedStack): Promise<readonly Fact[]> {
  const groups = groupsOf(stack);
  if (groups.length === 0) return [];
  const client = session.client(ElasticLoadBalancingV2Client);
  const balancers = await allItems(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  const facts = await Promise.all(
    groups.map(async (group) => {
      const own: LoadBalancer[] = [];
      for (const balancer of balancers)
        if ((await tagOf(client, balancer.LoadBalancerArn ?? "", "ingress.k8s.aws/stack")) === group)
          own.push(balancer);
      const names = ingressesOf(stack).map(({ metadata }) => String(metadata["name"]));
      return groupFacts(client, group, own, names);
    }),
  );
  return facts.flat();
}

/** Names of all load balancers and target groups in a region. */
export async function loadBalancersIn(session: AwsSession): Promise<readonly string[]> {
  const client = session.client(ElasticLoadBalancingV2Client);
  const balancers = await allItems(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  const groups = await allItems(paginateDescribeTargetGroups({ client }, {}), (page) => page.TargetGroups);
  return [
    ...balancers.map(({ LoadBalancerName: name = "" }) => `load balancer ${name}`),
    ...groups.map(({ TargetGroupName: name = "" }) => `target group ${name}`),
  ];
}

async function groupFacts(
  client: ElasticLoadBalancingV2Client,
  group: string,
  balancers: readonly LoadBalancer[],
  ingresses: readonly string[],
): Promise<readonly Fact[]> {
  if (balancers.length === 0) return [];
  const listeners = await Promise.all(balancers.map((balancer) => listenersOf(client, balancer)));
  const summaries = balancers.map(({ Scheme: scheme = "" }, index) => ({
    scheme,
    listeners: (listeners[index] ?? []).map(({ Protocol = "", Port = "" }) => `${Protocol} ${Port}`),
  }));
  const rules = (await Promise.all(listeners.flat().map((listener) => rulesOf(client, listener)))).flat();
  const ruleFacts = await Promise.all(rules.map((rule) => factOfRule(client, group, rule, ingresses)));
  return [balancerFact(group, summaries), ...ruleFacts];
}

async function listenersOf(
  client: ElasticLoadBalancingV2Client,
  { LoadBalancerArn }: LoadBalancer,
): Promise<readonly Listener[]> {
  return (await client.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners ?? [];
}

async function rulesOf(client: ElasticLoadBalancingV2Client, { ListenerArn }: Listener): Promise<readonly Rule[]> {
  const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn }));
  return Rules.filter(({ IsDefault }) => IsDefault !== true).sort(
    (one, other) => Number(one.Priority) - Number(other.Priority),
  );
}

async function factOfRule(
  client: ElasticLoadBalancingV2Client,
  group: string,
  rule: Rule,
  ingresses: readonly string[],
): Promise<Fact> {
  const arn = rule.Actions?.[0]?.TargetGroupArn ?? "";
  // `default/frontend-ingress-demo-frontend:80` is the Service `demo-frontend` of the Ingress `frontend-ingress`.
  const name = (await tagOf(client, arn, "ingress.k8s.aws/resource")).replace(/^.*\/|:[^:]*$/g, "");
  const ingress = ingresses.find((each) => name.startsWith(`${each}-`)) ?? "";
  const patterns = (rule.Conditions ?? []).flatMap(({ PathPatternConfig: paths, HostHeaderConfig: hosts }) => [
    ...(hosts?.Values ?? []),
    ...(paths?.Values ?? []),
  ]);
  return ruleFact(group, rule.Priority ?? "", { patterns, service: name.slice(ingress.length + 1) });
}

async function tagOf(client: ElasticLoadBalancingV2Client, arn: string, key: string): Promise<string> {
  const { TagDescriptions: [found] = [] } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return tagRecord(found?.Tags)[key] ?? "";
}
