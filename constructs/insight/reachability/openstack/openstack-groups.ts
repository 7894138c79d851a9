import { Port } from "../../../core/port";
import type { GroupPeer, GroupRule, SecurityGroup } from "../model/network/security-group";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { GroupInNetwork } from "../reader/network-model";
import { trafficOf } from "../reader/traffic";

const GROUP = "openstack_networking_secgroup_v2";
const NAMES = { protocol: "protocol", from: "port_range_min", to: "port_range_max" };

/** The rule that Neutron adds to a new group unless `delete_default_rules` is set. */
const ALL_OUTBOUND: GroupRule = { direction: "out", traffic: Port.ALL, peer: EVERYWHERE, name: "all outbound traffic" };

/** Reads security groups and their rules; NHN Cloud has the same resources as OpenStack. */
export class OpenstackGroups {
  /** All groups of the tree. They belong to no network. */
  readonly byElement: ReadonlyMap<Element, GroupInNetwork>;
  private readonly rules = new Map<string, GroupRule[]>();

  constructor(private readonly elements: Elements) {
    for (const rule of elements.resources("openstack_networking_secgroup_rule_v2")) this.add(rule);
    this.byElement = new Map(
      elements.resources(GROUP).map((element) => {
        const own = element.arguments.flag("delete_default_rules") === true ? [] : [ALL_OUTBOUND];
        const rules = [...own, ...(this.rules.get(element.key) ?? [])];
        return [
          element,
          { group: { key: element.key, path: element.path, rules, complete: true }, network: undefined },
        ];
      }),
    );
  }

  /** The group that an argument refers to by id or name; the rules of groups outside of the tree are unknown. */
  resolve(from: Element, text: string): SecurityGroup {
    const element = this.elements.resolve(from, text);
    const known = element && this.byElement.get(element);
    if (known !== undefined) return known.group;
    const key = this.elements.keyOf(from, text);
    return { key, path: element?.path ?? text, rules: this.rules.get(key) ?? [], complete: false };
  }

  /** The groups of a port or a machine; without groups the default group of the project, whose rules are unknown. */
  all(from: Element, texts: readonly string[]): readonly SecurityGroup[] {
    return texts.length > 0 ? texts.map((text) => this.resolve(from, text)) : [this.resolve(from, "default")];
  }

  /** The implicit group of a load balancer without groups: the cloud opens the ports of its listeners. */
  ofListeners(balancer: Element): SecurityGroup {
    const { key, path } = balancer;
    const listeners = this.elements.referringTo(balancer, "loadbalancer_id", "openstack_lb_listener_v2");
    const rules = listeners.flatMap((listener) => this.rulesOf(listener));
    return {
      key: `${key} listeners`,
      path: `${path} (listeners)`,
      rules: [ALL_OUTBOUND, ...rules],
      complete: true,
    };
  }

  private rulesOf(listener: Element): readonly GroupRule[] {
    const { arguments: block, path } = listener;
    const port = block.number("protocol_port");
    const traffic = port === undefined ? { unknown: `the port of ${path}` } : portOf(block.text("protocol"), port);
    const blocks = block.list("allowed_cidrs").map((text) => blockOf(this.elements, listener, text));
    const peers = blocks.length > 0 ? blocks : [EVERYWHERE];
    return peers.map((peer) => ({ direction: "in", traffic, peer, name: path }));
  }

  private add(rule: Element): void {
    const { arguments: block } = rule;
    const traffic = trafficOf(block, NAMES);
    if (block.text("ethertype") === "IPv6" || traffic === undefined) return;
    const key = this.elements.keyOf(rule, block.text("security_group_id") ?? "");
    const read: GroupRule = {
      direction: block.text("direction") === "egress" ? "out" : "in",
      traffic,
      peer: this.peerOf(rule),
      name: block.text("description") ?? rule.path,
    };
    this.rules.set(key, [...(this.rules.get(key) ?? []), read]);
  }

  private peerOf(rule: Element): GroupPeer {
    const { arguments: block } = rule;
    const [group, list] = [block.text("remote_group_id"), block.text("remote_address_group_id")];
    if (group !== undefined) return { group: this.elements.keyOf(rule, group) };
    if (list !== undefined) return { list: this.elements.keyOf(rule, list) };
    const prefix = block.text("remote_ip_prefix");
    return prefix === undefined ? EVERYWHERE : blockOf(this.elements, rule, prefix);
  }
}

/** All protocols of listeners except UDP use TCP. */
function portOf(protocol: string | undefined, port: number): Port {
  return protocol === "UDP" ? Port.udp(port) : Port.tcp(port);
}
