import { GroupConnections, type GroupRule } from "@groundwork/constructs/core/connections";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Token } from "cdktf";
import { Construct, RootConstruct } from "constructs";

/** A cloud that records its rules. */
class RecordedConnections extends GroupConnections<RecordedConnections> {
  readonly rules: GroupRule[] = [];

  protected createRule(rule: GroupRule): void {
    this.rules.push(rule);
    if (rule.repetition === undefined) new Construct(this.group, rule.id);
  }
}

/** A second cloud with the same interface. */
class OtherConnections extends GroupConnections<OtherConnections> {
  protected createRule(rule: GroupRule): void {
    new Construct(this.group, rule.id);
  }
}

const office = Peer.ipv4("203.0.113.0/24");
const root = () => new RootConstruct("test");
const connectionsOf = (scope: Construct, id: string) =>
  new RecordedConnections(new Construct(scope, id), `id-of-${id}`);
const idsOf = ({ rules }: RecordedConnections) => rules.map(({ id }) => id);

describe("GroupConnections", () => {
  test.each([
    [office, Port.HTTPS, "from-203.0.113.0-24-tcp-443"],
    [Peer.anyIpv4(), Port.tcpRange(8000, 8100), "from-0.0.0.0-0-tcp-8000-8100"],
    [Peer.ipv6("2001:db8::/32"), Port.ALL, "from-2001:db8::-32-all"],
    [Peer.group("sg-2"), Port.ALL_UDP, "from-sg-2-udp-0-65535"],
    [Peer.ipv4(Token.asString({ later: true })), Port.HTTPS, "from-the-other-region-tcp-443"],
  ])("names a rule about %s and %s by its peer and its port", (peer, port, id) => {
    const web = connectionsOf(root(), "Web");
    web.allowFrom(peer, port, "the other region");
    expect(idsOf(web)).toEqual([id]);
  });

  test("names a rule about another group by that group's path, without `Default`", () => {
    const scope = root();
    const [web, database] = [
      connectionsOf(scope, "Web"),
      connectionsOf(new Construct(new Construct(scope, "Data"), "Default"), "Default"),
    ];
    web.allowTo(database, Port.tcp(5432), "PostgreSQL");
    database.allowFrom(web, Port.HTTPS, "metrics");
    expect(idsOf(web)).toEqual(["to-test-Data-tcp-5432", "to-test-Data-tcp-443"]);
    expect(idsOf(database)).toEqual(["from-test-Web-tcp-5432", "from-test-Web-tcp-443"]);
    expect(web.rules.map(({ peer }) => [peer.kind, peer.value])).toEqual([
      ["group", "id-of-Default"],
      ["group", "id-of-Default"],
    ]);
  });

  test("adds no further IPv4 egress rule when all outbound traffic is allowed, but still adds the peer's ingress rule", () => {
    const scope = root();
    const [web, database] = [connectionsOf(scope, "Web"), connectionsOf(scope, "Database")];
    web.allowAllOutbound("anything out");
    web.allowTo(database, Port.tcp(5432), "PostgreSQL");
    web.allowTo(office, Port.HTTPS, "reports");
    web.allowTo(Peer.ipv6("2001:db8::/32"), Port.HTTPS, "reports");
    expect(idsOf(web)).toEqual(["to-0.0.0.0-0-all", "to-2001:db8::-32-tcp-443"]);
    expect(idsOf(database)).toEqual(["from-test-Web-tcp-5432"]);
  });

  test("adds a single rule for a peer that is not a group", () => {
    const web = connectionsOf(root(), "Web");
    web.allowFrom(office, Port.HTTPS, "office");
    web.allowTo(office, Port.HTTPS, "office");
    expect(web.rules.map(({ direction }) => direction)).toEqual(["from", "to"]);
  });

  test("adds both rules for traffic among the members of a group", () => {
    const web = connectionsOf(root(), "Web");
    web.allowWithin(Port.ALL, "among themselves");
    expect(idsOf(web)).toEqual(["from-self-all", "to-self-all"]);
  });

  test("describes administration ports open to the internet, and reports no egress rule and no rule for a block", () => {
    const web = connectionsOf(root(), "Web");
    web.allowFrom(Peer.anyIpv4(), Port.SSH, "the internet");
    web.allowFrom(Peer.anyIpv6(), Port.tcpRange(3000, 4000), "the internet");
    for (const peer of [office, Peer.group("sg-2")]) web.allowFrom(peer, Port.SSH, "administrators");
    web.allowFrom(Peer.anyIpv4(), Port.HTTPS, "the internet");
    web.allowTo(Peer.anyIpv4(), Port.ALL, "anything out");
    expect(web.rules.map(({ exposure }) => exposure)).toEqual([
      "tcp 22 from 0.0.0.0/0 opens administration port 22 to the internet",
      "tcp 3000-4000 from ::/0 opens administration port 3306, 3389 to the internet",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("describes duplicate rules", () => {
    const web = connectionsOf(root(), "Web");
    for (const description of ["office", "again"]) web.allowFrom(office, Port.HTTPS, description);
    expect(web.rules.map(({ repetition }) => repetition)).toEqual([
      undefined,
      '"again" repeats from 203.0.113.0-24 tcp 443',
    ]);
  });

  test("describes a duplicate rule about a value that is known only at apply, with any description", () => {
    const web = connectionsOf(root(), "Web");
    const later = Peer.ipv4(Token.asString({ later: true }));
    for (const description of ["office", "again"]) web.allowFrom(later, Port.HTTPS, description);
    expect(web.rules.map(({ repetition }) => repetition !== undefined)).toEqual([false, true]);
  });

  test("distinguishes groups whose paths result in one key, and keeps the id of the first", () => {
    const scope = root();
    const web = connectionsOf(scope, "Web");
    const groups = [connectionsOf(new Construct(scope, "x"), "y"), connectionsOf(scope, "x-y")];
    for (const group of groups) web.allowFrom(group, Port.HTTPS, "clients");
    expect(web.rules.map(({ repetition }) => repetition)).toEqual([undefined, undefined]);
    expect(idsOf(web)[0]).toBe("from-test-x-y-tcp-443");
    expect(idsOf(web)[1]).toMatch(/^from-test-x-y-tcp-443-[0-9a-f]{8}$/);
  });

  test("distinguishes values that are known only at apply and have one description", () => {
    const web = connectionsOf(root(), "Web");
    for (let count = 0; count < 3; count += 1)
      web.allowFrom(Peer.ipv4(Token.asString({ later: count })), Port.HTTPS, "offices");
    expect(web.rules.map(({ repetition }) => repetition)).toEqual([undefined, undefined, undefined]);
    expect(idsOf(web)).toEqual(["from-offices-tcp-443", "from-offices-tcp-443-2", "from-offices-tcp-443-3"]);
  });

  test("rejects a group of another cloud at compile time", () => {
    const scope = root();
    const [web, foreign] = [connectionsOf(scope, "Web"), new OtherConnections(new Construct(scope, "Foreign"), "sg-9")];
    // @ts-expect-error -- the test is that this line does not compile
    web.allowFrom(foreign, Port.HTTPS, "another cloud");
    expect(foreign.connections).toBe(foreign);
  });
});
