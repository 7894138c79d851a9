import { Port } from "../../../core/port";
import type { GroupPeer, GroupRule, SecurityGroup } from "../model/security-group";
import { blockOf, EVERYWHERE } from "../reader/addresses";
import type { Element } from "../reader/element";
import type { Elements } from "../reader/elements";
import type { GroupInNetwork } from "../reader/terrain";
import { trafficOf } from "../reader/traffic";

const GROUP = "openstack_networking_secgroup_v2";
const NAMES = { protocol: "protocol", from: "port_range_min", to: "port_range_max" };

/** What Neutron puts into a new group, and takes out again where it is told to. */
const EVERYTHING_OUT: GroupRule = { direction: "out", traffic: Port.ALL, peer: EVERYWHERE, name: "everything out" };

/** Reads security groups and their rules, of OpenStack and of NHN Cloud, which has them from there. */
export class OpenstackGroups {
  /** Every group that the tree makes. They belong to no network. */
  readonly made: ReadonlyMap<Element, GroupInNetwork>;
  private readonly rules = new Map<string, GroupRule[]>();

  constructor(private readonly elements: Elements) {
    for (const rule of elements.resources("openstack_networking_secgroup_rule_v2")) this.add(rule);
    this.made = new Map(
      elements.resources(GROUP).map((element) => {
        const own = element.arguments.flag("delete_default_rules") === true ? [] : [EVERYTHING_OUT];
        const rules = [...own, ...(this.rules.get(element.key) ?? [])];
        return [
          element,
          { group: { key: element.key, path: element.path, rules, complete: true }, network: undefined },
        ];
      }),
    );
  }

  /** The group that an argument names, by its id or its name; one that stands elsewhere has rules that nobody sees here. */
  named(from: Element, text: string): SecurityGroup {
    const element = this.elements.behind(from, text);
    const made = element && this.made.get(element);
    if (made !== undefined) return made.group;
    const key = this.elements.keyOf(from, text);
    return { key, path: element?.path ?? text, rules: this.rules.get(key) ?? [], complete: false };
  }

  /** The groups of a port or a machine; where none is named it is the project's default one, which anybody may have changed. */
  all(from: Element, texts: readonly string[]): readonly SecurityGroup[] {
    return texts.length > 0 ? texts.map((text) => this.named(from, text)) : [this.named(from, "default")];
  }

  /** What stands around a load balancer to which no group is given: the cloud opens the ports of its listeners. */
  ofListeners(balancer: Element): SecurityGroup {
    const { key, path } = balancer;
    const listeners = this.elements.referringTo(balancer, "loadbalancer_id", "openstack_lb_listener_v2");
    const rules = listeners.flatMap((listener) => this.opened(listener));
    return {
      key: `${key} listeners`,
      path: `of ${path}'s listeners`,
      rules: [EVERYTHING_OUT, ...rules],
      complete: true,
    };
  }

  private opened(listener: Element): readonly GroupRule[] {
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

/** Every protocol of a listener but one is carried by TCP. */
function portOf(protocol: string | undefined, port: number): Port {
  return protocol === "UDP" ? Port.udp(port) : Port.tcp(port);
}
