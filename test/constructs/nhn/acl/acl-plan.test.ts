import { Cidr } from "@groundwork/constructs/core/cidr";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { type AclLine, type AclSubnet, planAcl } from "@groundwork/constructs/nhn/acl/acl-plan";
import fc from "fast-check";

const network = Cidr.parse("172.31.0.0/16");
const [subnetA, subnetB] = [Cidr.parse("172.31.16.0/20"), Cidr.parse("172.31.0.0/20")];

interface Packet {
  readonly source: number;
  readonly destination: number;
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** NHN Cloud's evaluation of a packet: the first matching rule by order applies; a packet without a match is denied. */
function passes(lines: readonly AclLine[], packet: Packet): boolean {
  const within = (block: string, address: number) => Cidr.parse(block).contains(Cidr.containing(address, 32));
  const matches = (port: Port | undefined, n: number) => port === undefined || (port.from <= n && n <= port.to);
  const first = lines.find(
    (line) =>
      within(line.source, packet.source) &&
      within(line.destination, packet.destination) &&
      (line.protocol === undefined || line.protocol === packet.protocol) &&
      matches(line.sourcePort, packet.sourcePort) &&
      matches(line.destinationPort, packet.destinationPort),
  );
  return first?.policy === "allow";
}

function planOf(a: NetworkAclRules, b: NetworkAclRules): readonly AclLine[] {
  return planAcl(network, [
    { key: "a", cidr: subnetA, rules: a, from: 1_000 },
    { key: "b", cidr: subnetB, rules: b, from: 8_000 },
  ] satisfies AclSubnet[]);
}

const inside = (cidr: Cidr) => fc.nat(cidr.size - 1).map((offset) => cidr.first + offset);
const outside = fc.nat(0xffffffff).filter((address) => !network.contains(Cidr.containing(address, 32)));
const packet = (source: fc.Arbitrary<number>, destination: fc.Arbitrary<number>): fc.Arbitrary<Packet> =>
  fc.record({
    source,
    destination,
    protocol: fc.constantFrom("tcp", "udp", "icmp"),
    sourcePort: fc.integer({ min: 1, max: 65535 }),
    destinationPort: fc.integer({ min: 1, max: 65535 }),
  });

const anyPeer = fc.constantFrom(
  Peer.anyIpv4(),
  Peer.ipv4("203.0.113.0/24"),
  Peer.ipv4("172.0.0.0/8"),
  Peer.ipv4(subnetA),
  Peer.ipv4("172.31.16.8/32"),
);
const anyPort = fc.constantFrom(
  Port.SSH,
  Port.HTTPS,
  Port.ALL_TCP,
  Port.ALL_UDP,
  Port.ALL_ICMP,
  Port.ALL,
  Port.DNS_UDP,
);
const anyRule = fc.tuple(fc.constantFrom("in", "out", "deny-in", "deny-out"), anyPeer, anyPort);

function rulesOf(rules: readonly (readonly [string, Peer, Port])[]): NetworkAclRules {
  return rules.reduce((set, [kind, peer, port], n) => {
    const number = 100 + 2 * n;
    if (kind === "in") return set.allowInbound(number, peer, port);
    if (kind === "out") return set.allowOutbound(number, peer, port);
    return kind === "deny-in" ? set.denyInbound(number, peer, port) : set.denyOutbound(number, peer, port);
  }, NetworkAclRules.none());
}

const anyRules = fc.array(anyRule, { maxLength: 8 }).map(rulesOf);
const outRules = fc
  .array(fc.tuple(fc.constantFrom("out", "deny-out"), anyPeer, anyPort), { maxLength: 8 })
  .map(rulesOf);

describe("the plan of a network ACL", () => {
  test("lets machines of the same subnet reach each other, independent of its rules", () => {
    fc.assert(
      fc.property(anyRules, anyRules, packet(inside(subnetA), inside(subnetA)), (a, b, one) => {
        expect(passes(planOf(a, b), one)).toBe(true);
      }),
    );
  });

  test("does not open a subnet by an egress rule of another subnet", () => {
    fc.assert(
      fc.property(outRules, outRules, packet(inside(subnetA), inside(subnetB)), (a, b, one) => {
        expect(passes(planOf(a, b), one)).toBe(false);
      }),
    );
  });

  test("applies only the rules of the destination's subnet to traffic from outside", () => {
    fc.assert(
      fc.property(anyRules, anyRules, anyRules, packet(outside, inside(subnetB)), (a, other, b, one) => {
        expect(passes(planOf(a, b), one)).toBe(passes(planOf(other, b), one));
      }),
    );
  });

  test("allows every reply of an allowed connection", () => {
    const allows = fc.array(fc.tuple(fc.constantFrom("in", "out"), anyPeer, anyPort), { maxLength: 8 }).map(rulesOf);
    const opening = packet(fc.oneof(outside, inside(subnetA)), inside(subnetB)).map((one) => ({
      ...one,
      sourcePort: 1024 + (one.sourcePort % 60_000),
    }));
    fc.assert(
      fc.property(allows, allows, opening, (a, b, one) => {
        const lines = planOf(a, b);
        fc.pre(passes(lines, one));
        const reply = {
          ...one,
          source: one.destination,
          destination: one.source,
          sourcePort: one.destinationPort,
          destinationPort: one.sourcePort,
        };
        expect(passes(lines, reply)).toBe(true);
      }),
    );
  });

  test("gives every rule a unique order in NHN Cloud's range, and sorts the rules by it", () => {
    fc.assert(
      fc.property(anyRules, anyRules, (a, b) => {
        const orders = planOf(a, b).map(({ order }) => order);
        expect(orders).toEqual([...new Set(orders)].sort((one, other) => one - other));
        expect(orders.every((order) => order >= 102 && order <= 32_764)).toBe(true);
      }),
    );
  });

  test("changes no rule of a subnet when another subnet's rules change", () => {
    fc.assert(
      fc.property(anyRules, anyRules, anyRules, (a, other, b) => {
        const ofB = (lines: readonly AclLine[]) => lines.filter(({ subnet }) => subnet === "b");
        expect(ofB(planOf(a, b))).toEqual(ofB(planOf(other, b)));
      }),
    );
  });

  test("splits a peer that overlaps the network into the parts inside and outside", () => {
    const rules = NetworkAclRules.none().allowInbound(100, Peer.ipv4("172.0.0.0/8"), Port.SSH);
    const lines = planAcl(network, [{ key: "b", cidr: subnetB, rules, from: 1_000 }]);
    expect(lines.map(({ order, source, destination }) => `${order} ${source} > ${destination}`)).toEqual([
      "1000 172.31.0.0/20 > 172.31.0.0/20",
      "1100 172.31.0.0/16 > 172.31.0.0/20",
      "1101 172.31.0.0/20 > 172.31.0.0/16",
      "16101 172.31.0.0/16 > 172.31.0.0/16",
      "17100 172.0.0.0/8 > 172.31.0.0/20",
      "17101 172.31.0.0/20 > 172.0.0.0/8",
    ]);
  });
});
