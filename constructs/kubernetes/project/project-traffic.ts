import type { Peer } from "../../core/peer";
import type { Location, Violation } from "../../core/violation";
import { Name } from "../../core/name";
import { OBJECT_NAMES } from "../names";
import { KUB047 } from "./rules";

/** What may connect to the pods of an isolated project, in addition to its own pods. */
export interface ProjectPeers {
  /** Namespaces whose pods may connect, such as that of an ingress controller. @default - none */
  readonly namespaces?: readonly string[];
  /** Address blocks that may connect, such as the subnets of a load balancer with pods as targets. @default - none */
  readonly blocks?: readonly Peer[];
}

/**
 * Defines who may connect to the pods of a project. Connections of its pods to others are not restricted.
 *
 * @example
 * ProjectTraffic.isolated({ namespaces: ["ingress-nginx"] });
 * ProjectTraffic.isolated({ blocks: [Peer.ipv4("10.0.0.0/16")] });
 * ProjectTraffic.open()
 */
export class ProjectTraffic {
  /** Its own pods, and the given peers. Requires a network plugin that enforces policies, such as Calico or the VPC CNI with `networkPolicies`. */
  static isolated(peers: ProjectPeers = {}): ProjectTraffic {
    return new ProjectTraffic(peers);
  }

  /** Everyone who reaches the pods. */
  static open(): ProjectTraffic {
    return new ProjectTraffic(undefined);
  }

  private constructor(private readonly peers: ProjectPeers | undefined) {}

  /** The specification of a network policy; undefined without a restriction. */
  get policy(): { podSelector: object; policyTypes: string[]; ingress: { from: object[] }[] } | undefined {
    if (this.peers === undefined) return undefined;
    const { namespaces = [], blocks = [] } = this.peers;
    const from = [
      { podSelector: {} },
      ...namespaces.map((name) => ({
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
      })),
      ...blocks.map(({ value }) => ({ ipBlock: { cidr: value } })),
    ];
    return { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from }] };
  }

  /** Violations of the peers. */
  violations(at: Location): Violation[] {
    const { namespaces = [], blocks = [] } = this.peers ?? {};
    for (const name of namespaces) Name.check(name, OBJECT_NAMES.namespace, at);
    return blocks
      .filter(({ kind }) => kind !== "ipv4" && kind !== "ipv6")
      .map((peer) =>
        KUB047.violation({ at, given: `peer ${peer.toString()}`, fix: "use an address block or a namespace" }),
      );
  }
}
