import type { GroupRule } from "@groundwork/constructs/core/connections";
import { GroupConnections } from "@groundwork/constructs/core/connections";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Token } from "cdktf";
import { Construct, RootConstruct } from "constructs";

/** A cloud whose rules are what they were asked to be. */
class Ways extends GroupConnections<Ways> {
  readonly rules: GroupRule[] = [];

  protected make(rule: GroupRule): void {
    this.rules.push(rule);
    if (rule.repetition === undefined) new Construct(this.group, rule.id);
  }
}

/** Another cloud, alike in everything. */
class OtherWays extends GroupConnections<OtherWays> {
  protected make(rule: GroupRule): void {
    new Construct(this.group, rule.id);
  }
}

const office = Peer.ipv4("203.0.113.0/24");
const root = () => new RootConstruct("test");
const waysOf = (scope: Construct, id: string) => new Ways(new Construct(scope, id), `id-of-${id}`);
const idsOf = ({ rules }: Ways) => rules.map(({ id }) => id);

describe("GroupConnections", () => {
  test.each([
    [office, Port.HTTPS, "from-203.0.113.0-24-tcp-443"],
    [Peer.anyIpv4(), Port.tcpRange(8000, 8100), "from-0.0.0.0-0-tcp-8000-8100"],
    [Peer.ipv6("2001:db8::/32"), Port.ALL, "from-2001:db8::-32-all"],
    [Peer.group("sg-2"), Port.ALL_UDP, "from-sg-2-udp-0-65535"],
    [Peer.ipv4(Token.asString({ later: true })), Port.HTTPS, "from-the-other-region-tcp-443"],
  ])("names a rule about %s and %s by its peer and its port", (peer, port, id) => {
    const web = waysOf(root(), "Web");
    web.allowFrom(peer, port, "the other region");
    expect(idsOf(web)).toEqual([id]);
  });

  test("names a rule about another group by that group's path, whatever it is the default of", () => {
    const scope = root();
    const [web, database] = [
      waysOf(scope, "Web"),
      waysOf(new Construct(new Construct(scope, "Data"), "Default"), "Default"),
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

  test("opens no further way out where everything may go out, and the far end all the same", () => {
    const scope = root();
    const [web, database] = [waysOf(scope, "Web"), waysOf(scope, "Database")];
    web.allowAllOutbound("anything out");
    web.allowTo(database, Port.tcp(5432), "PostgreSQL");
    web.allowTo(office, Port.HTTPS, "reports");
    web.allowTo(Peer.ipv6("2001:db8::/32"), Port.HTTPS, "reports");
    expect(idsOf(web)).toEqual(["to-0.0.0.0-0-all", "to-2001:db8::-32-tcp-443"]);
    expect(idsOf(database)).toEqual(["from-test-Web-tcp-5432"]);
  });

  test("opens the way of a peer that is no group at one end", () => {
    const web = waysOf(root(), "Web");
    web.allowFrom(office, Port.HTTPS, "office");
    web.allowTo(office, Port.HTTPS, "office");
    expect(web.rules.map(({ direction }) => direction)).toEqual(["from", "to"]);
  });

  test("opens both ends among the members of a group", () => {
    const web = waysOf(root(), "Web");
    web.allowWithin(Port.ALL, "among themselves");
    expect(idsOf(web)).toEqual(["from-self-all", "to-self-all"]);
  });

  test("tells what the whole internet may administer, and nothing of what may be let out or come from a block", () => {
    const web = waysOf(root(), "Web");
    web.allowFrom(Peer.anyIpv4(), Port.SSH, "everybody");
    web.allowFrom(Peer.anyIpv6(), Port.tcpRange(3000, 4000), "everybody");
    for (const peer of [office, Peer.group("sg-2")]) web.allowFrom(peer, Port.SSH, "administrators");
    web.allowFrom(Peer.anyIpv4(), Port.HTTPS, "everybody");
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

  test("tells what is said again", () => {
    const web = waysOf(root(), "Web");
    for (const words of ["office", "again"]) web.allowFrom(office, Port.HTTPS, words);
    expect(web.rules.map(({ repetition }) => repetition)).toEqual([
      undefined,
      '"again" repeats from 203.0.113.0-24 tcp 443',
    ]);
  });

  test("takes no group of another cloud, by its type", () => {
    const scope = root();
    const [web, foreign] = [waysOf(scope, "Web"), new OtherWays(new Construct(scope, "Foreign"), "sg-9")];
    // @ts-expect-error -- what makes this line an error is what the test is about
    web.allowFrom(foreign, Port.HTTPS, "another cloud");
    expect(foreign.connections).toBe(foreign);
  });
});
