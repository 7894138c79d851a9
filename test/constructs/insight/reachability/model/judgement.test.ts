import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { connect } from "@groundwork/constructs/insight/reachability/model/connection";
import { judge } from "@groundwork/constructs/insight/reachability/model/judgement";
import type { AclRule } from "@groundwork/constructs/insight/reachability/model/network-acl";
import type { Packet } from "@groundwork/constructs/insight/reachability/model/packet";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/packets";
import type { Party } from "@groundwork/constructs/insight/reachability/model/place";
import type { Range } from "@groundwork/constructs/insight/reachability/model/range";
import type { Route } from "@groundwork/constructs/insight/reachability/model/routing-table";
import type { GroupRule } from "@groundwork/constructs/insight/reachability/model/security-group";
import type { Verdict } from "@groundwork/constructs/insight/reachability/model/verdict";
import { verdictOf } from "@groundwork/constructs/insight/reachability/model/verdict";
import fc from "fast-check";
import { acl, group, LOCAL, machine, onlyInterface, OUT, subnet, WORLD } from "../../../../support/terrain";

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
const anyQuestion = fc.constantFrom(Port.SSH, Port.HTTPS, Port.tcpRange(20, 1_500), Port.udp(53), Port.ALL);

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

/** Everything that two machines, one public and one in another subnet, have before them. */
interface World {
  readonly groupRules: readonly GroupRule[];
  readonly inbound: readonly AclRule[];
  readonly outbound: readonly AclRule[];
  readonly routes: readonly Route[];
}

const anyWorld: fc.Arbitrary<World> = fc.record({
  groupRules: fc.array(anyGroupRule, { maxLength: 6 }),
  inbound: fc.uniqueArray(anyAclRule, { maxLength: 4, selector: ({ number }) => number }),
  outbound: fc.uniqueArray(anyAclRule, { maxLength: 4, selector: ({ number }) => number }),
  routes: fc.constant([LOCAL, OUT]),
});

/** Server and client of a world, and the internet; each of them asks for the server. */
function partiesOf({ groupRules, inbound, outbound, routes }: World): {
  readonly server: Party;
  readonly callers: readonly Party[];
} {
  const place = subnet("server", "10.0.0.0/24", { acl: acl("acl", inbound, outbound), routes });
  const server = machine("server", place, "10.0.0.5", { groups: [group("server", ...groupRules)] });
  const open = group("client", { direction: "out", traffic: Port.ALL, peer: Cidr.parse("0.0.0.0/0"), name: "out" });
  const client = machine("client", subnet("client", "10.0.1.0/24"), CLIENT, { groups: [open] });
  return { server, callers: [client, WORLD] };
}

function verdicts(world: World, port: Port): readonly Verdict[] {
  const { server, callers } = partiesOf(world);
  return callers.flatMap((caller) =>
    [judge(caller, server, port), judge(server, caller, port)].map(({ verdict }) => verdict),
  );
}

/** How much passes. */
const ORDER: readonly Verdict[] = ["blocked", "partly", "passes"];

function neverLess(before: readonly Verdict[], after: readonly Verdict[]): void {
  expect(before.every((verdict, n) => ORDER.indexOf(after[n] ?? "blocked") >= ORDER.indexOf(verdict))).toBe(true);
}

describe("traffic", () => {
  test("is always told where everything is known", () => {
    fc.assert(
      fc.property(anyWorld, anyQuestion, (world, port) => expect(verdicts(world, port)).not.toContain("unknown")),
    );
  });

  test("is never blocked by a further rule of a security group", () => {
    fc.assert(
      fc.property(anyWorld, anyGroupRule, anyQuestion, (world, more, port) => {
        neverLess(verdicts(world, port), verdicts({ ...world, groupRules: [...world.groupRules, more] }, port));
      }),
    );
  });

  test.each([
    ["blocked", "allow"],
    ["opened", "deny"],
  ] as const)("is never %s by a further rule of an ACL that says %s", (_, action) => {
    fc.assert(
      fc.property(
        anyWorld,
        anyAclRule,
        fc.constantFrom("inbound" as const, "outbound" as const),
        anyQuestion,
        (world, rule, list, port) => {
          fc.pre(world[list].every(({ number }) => number !== rule.number));
          const [before, after] = [
            verdicts(world, port),
            verdicts({ ...world, [list]: [...world[list], { ...rule, action }] }, port),
          ];
          if (action === "allow") neverLess(before, after);
          else neverLess(after, before);
        },
      ),
    );
  });

  test("is blocked where no route leads, whatever is allowed", () => {
    fc.assert(
      fc.property(anyWorld, anyQuestion, (world, port) => {
        const { server } = partiesOf({ ...world, routes: [LOCAL] });
        expect([judge(WORLD, server, port), judge(server, WORLD, port)].map(({ verdict }) => verdict)).toEqual([
          "blocked",
          "blocked",
        ]);
      }),
    );
  });

  test("is answered through security groups, whatever they say about the answers' direction", () => {
    fc.assert(
      fc.property(anyWorld, anyGroupRule, anyQuestion, (world, rule, port) => {
        const { server, callers } = partiesOf(world);
        const outgoing: GroupRule = { ...rule, direction: "out" };
        const { server: more } = partiesOf({ ...world, groupRules: [...world.groupRules, outgoing] });
        expect(callers.map((caller) => judge(caller, more, port).verdict)).toEqual(
          callers.map((caller) => judge(caller, server, port).verdict),
        );
      }),
    );
  });

  test("fares packet by packet as the part of the question does that holds the packet", () => {
    const anyPort = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(
        anyWorld,
        fc.nat(0xffffffff),
        anyPort,
        fc.integer({ min: 1_024, max: 65_535 }),
        (world, address, port, own) => {
          fc.pre(INTERNET.some((block) => isIn(address, block)));
          const { server } = partiesOf(world);
          if (server.kind !== "machine") throw new Error("the server is a machine");
          const packet: Packet = {
            protocol: "tcp",
            source: one(address),
            sourcePorts: one(own),
            destination: one(Cidr.parse("10.0.0.5/32").first),
            destinationPorts: one(port),
          };
          const holding = judge(WORLD, server, Port.ALL_TCP).courses.filter(({ packets }) =>
            packets.some((whole) => holdsPacket(whole, packet)),
          );
          expect(holding.map(({ hops }) => verdictOf(hops))).toEqual([
            verdictOf(connect(packet, WORLD, onlyInterface(server))),
          ]);
        },
      ),
    );
  });
});

function one(n: number): Range {
  return { first: n, last: n };
}

function isIn(n: number, { first, last }: Range): boolean {
  return first <= n && n <= last;
}

function holdsPacket(whole: Packet, part: Packet): boolean {
  const pairs = [
    [whole.source, part.source],
    [whole.sourcePorts, part.sourcePorts],
    [whole.destinationPorts, part.destinationPorts],
  ] as const;
  return pairs.every(([outer, inner]) => "first" in outer && "first" in inner && isIn(inner.first, outer));
}
