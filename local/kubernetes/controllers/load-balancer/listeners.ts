import {
  type Action,
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateRuleCommand,
  DeleteListenerCommand,
  DeleteRuleCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  ModifyListenerCommand,
  type Rule,
  type RuleCondition,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { defined } from "@groundwork/constructs/core";
import type { ListenerModel, LoadBalancerModel, RuleModel } from "./model";
import { asList, resourceTags } from "./tags";

/** The listeners and rules of a load balancer. */
export class Listeners {
  constructor(
    private readonly elb: ElasticLoadBalancingV2Client,
    private readonly cluster: string,
  ) {}

  /** Creates, changes and deletes listeners and their rules. */
  async apply(
    LoadBalancerArn: string,
    model: LoadBalancerModel,
    targetGroups: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { Listeners: existing = [] } = await this.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    for (const { Port, ListenerArn } of existing)
      if (!model.listeners.some(({ port }) => port === Port))
        await this.elb.send(new DeleteListenerCommand({ ListenerArn }));
    for (const listener of model.listeners) {
      const found = existing.find(({ Port }) => Port === listener.port);
      const arn = await this.applyListener(LoadBalancerArn, model, listener, found, targetGroups);
      await this.applyRules(arn, model, listener, targetGroups);
    }
  }

  private async applyListener(
    LoadBalancerArn: string,
    model: LoadBalancerModel,
    listener: ListenerModel,
    found: Listener | undefined,
    targetGroups: ReadonlyMap<string, string>,
  ): Promise<string> {
    const settings = settingsOf(model, listener, targetGroups);
    if (found !== undefined && isUnchanged(found, settings)) return found.ListenerArn ?? "";
    const Tags = asList({ ...model.tags, ...resourceTags(this.cluster, model.stack, `${listener.port}`) });
    const { Listeners: [applied] = [] } =
      found === undefined
        ? await this.elb.send(new CreateListenerCommand({ LoadBalancerArn, ...settings, Tags }))
        : await this.elb.send(new ModifyListenerCommand({ ListenerArn: found.ListenerArn, ...settings }));
    const ListenerArn = applied?.ListenerArn ?? "";
    const Certificates = listener.certificateArns.slice(1).map((CertificateArn) => ({ CertificateArn }));
    if (Certificates.length > 0) await this.elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates }));
    return ListenerArn;
  }

  /** Rules that exist keep their identity and get their new priorities together. */
  private async applyRules(
    ListenerArn: string,
    model: LoadBalancerModel,
    { redirectTo, port }: ListenerModel,
    targetGroups: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { Rules = [] } = await this.elb.send(new DescribeRulesCommand({ ListenerArn }));
    const rest = Rules.filter(({ IsDefault }) => IsDefault !== true);
    const expected = redirectTo === undefined ? model.rules : [];
    const matched = expected.map((rule) => {
      const index = rest.findIndex((each) => isSame(each, rule, targetGroups));
      return index < 0 ? undefined : rest.splice(index, 1)[0];
    });
    for (const { RuleArn } of rest) await this.elb.send(new DeleteRuleCommand({ RuleArn }));
    const moved = matched.flatMap((rule, index) =>
      rule === undefined || rule.Priority === `${index + 1}` ? [] : [{ RuleArn: rule.RuleArn, Priority: index + 1 }],
    );
    if (moved.length > 0) await this.elb.send(new SetRulePrioritiesCommand({ RulePriorities: moved }));
    for (const [index, rule] of expected.entries()) {
      if (matched[index] !== undefined) continue;
      const Priority = index + 1;
      const Tags = asList({ ...model.tags, ...resourceTags(this.cluster, model.stack, `${port}:${Priority}`) });
      const Actions = [forwardTo(rule.targetGroup, targetGroups)];
      const Conditions = [...rule.conditions];
      await this.elb.send(new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions, Tags }));
    }
  }
}

/** The settings of a listener, with its first certificate, which is for clients that send no server name. */
function settingsOf(model: LoadBalancerModel, listener: ListenerModel, targetGroups: ReadonlyMap<string, string>) {
  const [first] = listener.certificateArns;
  return {
    Protocol: listener.protocol,
    Port: listener.port,
    DefaultActions: [defaultAction(model, listener, targetGroups)],
    ...(first === undefined ? {} : { Certificates: [{ CertificateArn: first }] }),
    ...defined({ SslPolicy: listener.sslPolicy }),
  };
}

/** Whether a listener has the settings: a change would verify again that its certificate exists. */
function isUnchanged(found: Listener, settings: Partial<Listener>): boolean {
  const texts = [found, settings].map(({ Protocol, SslPolicy, Certificates, DefaultActions: [action] = [] }) =>
    JSON.stringify([
      Protocol,
      SslPolicy,
      Certificates?.[0]?.CertificateArn,
      action?.Type,
      action?.TargetGroupArn,
      action?.RedirectConfig?.Port,
    ]),
  );
  return texts[0] === texts[1];
}

function defaultAction(
  { defaultTargetGroup }: LoadBalancerModel,
  { redirectTo }: ListenerModel,
  targetGroups: ReadonlyMap<string, string>,
): Action {
  if (redirectTo !== undefined)
    return {
      Type: "redirect",
      RedirectConfig: { Port: redirectTo, Protocol: "HTTPS", StatusCode: "HTTP_301" },
    };
  if (defaultTargetGroup !== undefined) return forwardTo(defaultTargetGroup, targetGroups);
  return { Type: "fixed-response", FixedResponseConfig: { ContentType: "text/plain", StatusCode: "404" } };
}

function forwardTo(key: string, targetGroups: ReadonlyMap<string, string>): Action {
  return { Type: "forward", TargetGroupArn: targetGroups.get(key) };
}

function isSame(rule: Rule, model: RuleModel, targetGroups: ReadonlyMap<string, string>): boolean {
  const [action] = rule.Actions ?? [];
  const target = action?.TargetGroupArn ?? action?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
  return (
    target === targetGroups.get(model.targetGroup) &&
    JSON.stringify((rule.Conditions ?? []).map(conditionText)) === JSON.stringify(model.conditions.map(conditionText))
  );
}

/** A condition as text; the API returns the values of some conditions at two places. */
function conditionText(condition: RuleCondition): string {
  const { Field, Values, HostHeaderConfig, PathPatternConfig, ...others } = condition;
  const values = HostHeaderConfig?.Values ?? PathPatternConfig?.Values ?? Values;
  const rest = Object.entries(others).filter(([, value]) => value !== undefined);
  return JSON.stringify([Field, rest.length === 0 ? values : rest]);
}
