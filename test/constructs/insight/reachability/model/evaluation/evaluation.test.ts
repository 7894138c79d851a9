import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { connect } from "@groundwork/constructs/insight/reachability/model/evaluation/connection";
import { evaluate } from "@groundwork/constructs/insight/reachability/model/evaluation/evaluation";
import type { AclRule } from "@groundwork/constructs/insight/reachability/model/network/network-acl";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/traffic/packet";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/traffic/packets";
import type { NetworkNode } from "@groundwork/constructs/insight/reachability/model/network/endpoint";
import type { Range } from "@groundwork/constructs/insight/reachability/model/traffic/range";
import type { Route } from "@groundwork/constructs/insight/reachability/model/network/routing-table";
import type { GroupRule } from "@groundwork/constructs/insight/reachability/model/network/security-group";
import { type Verdict, verdictOf } from "@groundwork/constructs/insight/reachability/model/verdict";
import fc from "fast-check";
import {
  acl,
  group,
  LOCAL,
  machine,
  onlyInterface,
  OUT,
  subnet,
  INTERNET_HOSTS,
} from "../../../../../support/network-model";

const CLIENT = "10.0.1.5";
const BLOCKS = ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "203.0.113.0/24", "203.0.113.64/26"].map((text) =>
  Cidr.parse(text),
);
const TRAFFIC = [
  Port.ALL,
  Port.SSH,
  Port.HTTPS,
  Port.ALL_TCP,
  Port.EPHEMERAL_TCP,
  Port.tcpRange(20, 500),
  Port.ALL_UDP,
];

const anyBlock = fc.constantFrom(...BLOCKS);
const anyTraffic = fc.constantFrom(...TRAFFIC);
const anyPort = fc.constantFrom(Port.SSH, Port.HTTPS, Port.tcpRange(20, 1_500), Port.udp(53), Port.ALL);

const anyGroupRule: fc.Arbitrary<GroupRule> = fc.record({
  direction: fc.constantFrom("in" as const, "out" as const),
  traffic: anyTraffic,
  peer: fc.oneof(anyBlock, fc.constantFrom({ group: "client" }, { group: "server" })),
  name: fc.constant("rule"),
});

const anyAclRule: fc.Arbitrary<AclRule> = fc.record(
  {
    number: fc.integer({ min: 1, max: 1_000 }),
    action: fc.constantFrom("allow" as const, "allow" as const, "deny" as const),
    traffic: anyTraffic,
    source: anyBlock,
    destination: anyBlock,
  },
  { requiredKeys: ["number", "action", "traffic"] },
);

/** The rules and routes of a server in a public subnet. */
interface Scenario {
  readonly groupRules: readonly GroupRule[];
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
  readonly routes: readonly Route[];
}

const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  groupRules: fc.array(anyGroupRule, { maxLength: 6 }),
  inbound: fc.uniqueArray(anyAclRule, { maxLength: 4, selector: ({ number }) => number }),
  outbound: fc.uniqueArray(anyAclRule, { maxLength: 4, selector: ({ number }) => number }),
  routes: fc.constant([LOCAL, OUT]),
});

/** The server of a scenario, and its two clients: a machine in another subnet and the internet. */
function nodesOf({ groupRules, inbound, outbound, routes }: Scenario): {
  readonly server: NetworkNode;
  readonly clients: readonly NetworkNode[];
} {
  const serverSubnet = subnet("server", "10.0.0.0/24", { acl: acl("acl", inbound, outbound), routes });
  const server = machine("server", serverSubnet, "10.0.0.5", { groups: [group("server", ...groupRules)] });
  const open = group("client", { direction: "out", traffic: Port.ALL, peer: Cidr.parse("0.0.0.0/0"), name: "out" });
  const machineClient = machine("client", subnet("client", "10.0.1.0/24"), CLIENT, { groups: [open] });
  return { server, clients: [machineClient, INTERNET_HOSTS] };
}

function verdicts(scenario: Scenario, port: Port): readonly Verdict[] {
  const { server, clients } = nodesOf(scenario);
  return clients.flatMap((client) =>
    [evaluate(client, server, port), evaluate(server, client, port)].map(({ verdict }) => verdict),
  );
}

/** Verdicts in ascending order. */
const ORDER: readonly Verdict[] = ["blocked", "partly", "passes"];

function neverLess(before: readonly Verdict[], after: readonly Verdict[]): void {
  expect(before.every((verdict, n) => ORDER.indexOf(after[n] ?? "blocked") >= ORDER.indexOf(verdict))).toBe(true);
}

describe("traffic", () => {
  test("has a known verdict where everything is known", () => {
    fc.assert(
      fc.property(anyScenario, anyPort, (scenario, port) => expect(verdicts(scenario, port)).not.toContain("unknown")),
    );
  });

  test("is never blocked by an additional rule of a security group", () => {
    fc.assert(
      fc.property(anyScenario, anyGroupRule, anyPort, (scenario, more, port) => {
        neverLess(
          verdicts(scenario, port),
          verdicts({ ...scenario, groupRules: [...scenario.groupRules, more] }, port),
        );
      }),
    );
  });

  test.each([
    ["blocked", "allow"],
    ["opened", "deny"],
  ] as const)("is never %s by an additional ACL rule with the action %s", (_, action) => {
    fc.assert(
      fc.property(
        anyScenario,
        anyAclRule,
        fc.constantFrom("inbound" as const, "outbound" as const),
        anyPort,
        (scenario, rule, list, port) => {
          fc.pre(scenario[list].every(({ number }) => number !== rule.number));
          const [before, after] = [
            verdicts(scenario, port),
            verdicts({ ...scenario, [list]: [...scenario[list], { ...rule, action }] }, port),
          ];
          if (action === "allow") neverLess(before, after);
          else neverLess(after, before);
        },
      ),
    );
  });

  test("is blocked without a route, independent of the rules", () => {
    fc.assert(
      fc.property(anyScenario, anyPort, (scenario, port) => {
        const { server } = nodesOf({ ...scenario, routes: [LOCAL] });
        expect(
          [evaluate(INTERNET_HOSTS, server, port), evaluate(server, INTERNET_HOSTS, port)].map(
            ({ verdict }) => verdict,
          ),
        ).toEqual(["blocked", "blocked"]);
      }),
    );
  });

  test("needs no security group rule for replies", () => {
    fc.assert(
      fc.property(anyScenario, anyGroupRule, anyPort, (scenario, rule, port) => {
        const { server, clients } = nodesOf(scenario);
        const outgoing: GroupRule = { ...rule, direction: "out" };
        const { server: more } = nodesOf({ ...scenario, groupRules: [...scenario.groupRules, outgoing] });
        expect(clients.map((client) => evaluate(client, more, port).verdict)).toEqual(
          clients.map((client) => evaluate(client, server, port).verdict),
        );
      }),
    );
  });

  test("has for each packet the verdict of the flow that contains the packet", () => {
    const anyPortNumber = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(
        anyScenario,
        fc.nat(0xffffffff),
        anyPortNumber,
        fc.integer({ min: 1_024, max: 65_535 }),
        (scenario, address, port, sourcePort) => {
          fc.pre(INTERNET.some((block) => isIn(address, block)));
          const { server } = nodesOf(scenario);
          if (server.kind !== "machine") throw new Error("the server is a machine");
          const packet: Packet = {
            protocol: "tcp",
            source: single(address),
            sourcePorts: single(sourcePort),
            destination: single(Cidr.parse("10.0.0.5/32").first),
            destinationPorts: single(port),
          };
          const containing = evaluate(INTERNET_HOSTS, server, Port.ALL_TCP).flows.filter(({ packets }) =>
            packets.some((whole) => containsPacket(whole, packet)),
          );
          expect(containing.map(({ hops }) => verdictOf(hops))).toEqual([
            verdictOf(connect(packet, INTERNET_HOSTS, onlyInterface(server))),
          ]);
        },
      ),
    );
  });
});

function single(n: number): Range {
  return { first: n, last: n };
}

function isIn(n: number, { first, last }: Range): boolean {
  return first <= n && n <= last;
}

function containsPacket(whole: Packet, part: Packet): boolean {
  const pairs = [
    [whole.source, part.source],
    [whole.sourcePorts, part.sourcePorts],
    [whole.destinationPorts, part.destinationPorts],
  ] as const;
  return pairs.every(([outer, inner]) => "first" in outer && "first" in inner && isIn(inner.first, outer));
}
