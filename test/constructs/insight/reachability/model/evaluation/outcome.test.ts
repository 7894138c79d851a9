import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/traffic/packets";
import type { Interface, Subnet } from "@groundwork/constructs/insight/reachability/model/network/endpoint";
import {
  acl,
  outcomeOf,
  group,
  aclRule,
  LOCAL,
  machine,
  onlyInterface,
  OUT,
  rule,
  subnet,
  INTERNET_HOSTS,
} from "../../../../../support/network-model";

const PUBLIC = subnet("public", "10.0.0.0/24");

/** A subnet with a default route to a NAT gateway in another subnet. */
function behindNat(nat: Subnet, props: Partial<Subnet> = {}): Subnet {
  const route = { destination: OUT.destination, target: { kind: "nat", path: "nat", subnet: nat } as const };
  return subnet("private", "10.0.1.0/24", { routes: [LOCAL, route], ...props });
}

/** An ACL that allows all traffic. */
function open(path: string): ReturnType<typeof acl> {
  return acl(path, [aclRule(100, "allow", Port.ALL)], [aclRule(100, "allow", Port.ALL)]);
}

describe("from the internet", () => {
  const web = machine("web", PUBLIC, "10.0.0.5");

  test("a machine with a public address is reachable through the gateway", () => {
    const outcome = outcomeOf(INTERNET_HOSTS, web, Port.HTTPS);
    expect([outcome.passes, outcome.blocked]).toEqual([true, false]);
    expect(outcome.hops.join("\n")).toBe("public-table routes 0.0.0.0/0 to internet gateway gateway");
  });

  test("a machine without a public address is not reachable", () => {
    const outcome = outcomeOf(INTERNET_HOSTS, machine("web", PUBLIC, "10.0.0.5", { isPublic: "no" }), Port.HTTPS);
    expect(outcome.blocked).toBe(true);
    expect(outcome.hops.join()).toBe("web has no public address");
  });

  test("a NAT gateway accepts no inbound connections", () => {
    const outcome = outcomeOf(INTERNET_HOSTS, machine("db", behindNat(PUBLIC), "10.0.1.5"), Port.HTTPS);
    expect(outcome.blocked).toBe(true);
    expect(outcome.toString()).toContain("NAT gateway nat, which accepts no inbound connections");
  });

  test("a subnet without a default route is not reachable, because replies have no route", () => {
    const closed = subnet("data", "10.0.2.0/24", { routes: [LOCAL] });
    const outcome = outcomeOf(INTERNET_HOSTS, machine("db", closed, "10.0.2.5"), Port.HTTPS);
    expect(outcome.hops.join()).toBe("no route from subnet data to the internet");
  });

  test("an allowed block passes, other addresses do not, and the explanation contains both", () => {
    const office = machine("web", PUBLIC, "10.0.0.5", { groups: [group("g", rule("in", Port.SSH, "203.0.113.0/24"))] });
    const outcome = outcomeOf(INTERNET_HOSTS, office, Port.SSH);
    expect([outcome.verdict, outcome.passes, outcome.blocked]).toEqual(["partly", false, false]);
    expect(outcome.hops.at(-1)?.toString()).toBe("blocked at security group g: no inbound rule matches");
    expect(outcome.toString()).toContain("the internet to web, from 203.0.113.0/24: passes");
    expect(outcome.toString()).toContain("the internet to web, from all other addresses: blocked");
    expect(outcomeOf({ ...INTERNET_HOSTS, blocks: [Cidr.parse("203.0.113.8/29")] }, office, Port.SSH).passes).toBe(
      true,
    );
  });

  test("of several ports the open ones pass, and the explanation contains them", () => {
    const web2 = machine("web", PUBLIC, "10.0.0.5", { groups: [group("g", rule("in", Port.HTTPS, "0.0.0.0/0"))] });
    expect(outcomeOf(INTERNET_HOSTS, web2, Port.tcpRange(440, 450)).toString()).toContain("port 443: passes");
  });

  test("the verdict is unknown where the public address is unknown, unless another hop blocks", () => {
    const maybe = { isPublic: "maybe" } as const;
    expect(outcomeOf(INTERNET_HOSTS, machine("web", PUBLIC, "10.0.0.5", maybe), Port.SSH).verdict).toBe("unknown");
    const shut = machine("web", PUBLIC, "10.0.0.5", { ...maybe, groups: [group("g")] });
    expect(outcomeOf(INTERNET_HOSTS, shut, Port.SSH).blocked).toBe(true);
  });

  test("a machine is reachable through any of its interfaces", () => {
    const inner = onlyInterface(machine("inner", behindNat(PUBLIC), "10.0.1.5", { isPublic: "no" }));
    const both = { ...web, interfaces: [inner, onlyInterface(web)] };
    expect(outcomeOf(INTERNET_HOSTS, both, Port.SSH).passes).toBe(true);
    expect(outcomeOf(INTERNET_HOSTS, { ...web, interfaces: [inner] }, Port.SSH).blocked).toBe(true);
  });
});

describe("to the internet", () => {
  const privateOnly = { isPublic: "no" } as const;

  test("a private machine passes through NAT and the routing table of its subnet", () => {
    const outcome = outcomeOf(machine("db", behindNat(PUBLIC), "10.0.1.5", privateOnly), INTERNET_HOSTS, Port.HTTPS);
    expect(outcome.passes).toBe(true);
    expect(outcome.hops.map(String)).toEqual([
      "private-table routes 0.0.0.0/0 to NAT gateway nat",
      "public-table routes 0.0.0.0/0 to internet gateway gateway",
    ]);
  });

  test("NAT in a subnet without a default route blocks", () => {
    const closed = subnet("closed", "10.0.0.0/24", { routes: [LOCAL] });
    const outcome = outcomeOf(machine("db", behindNat(closed), "10.0.1.5", privateOnly), INTERNET_HOSTS, Port.HTTPS);
    expect(outcome.hops.at(-1)?.toString()).toBe("no route from closed-table to the internet");
    expect(outcome.blocked).toBe(true);
  });

  test("regional NAT needs no subnet", () => {
    const regional = { destination: OUT.destination, target: { kind: "nat", path: "nat", subnet: undefined } as const };
    const at = subnet("private", "10.0.1.0/24", { routes: [LOCAL, regional] });
    expect(outcomeOf(machine("db", at, "10.0.1.5", privateOnly), INTERNET_HOSTS, Port.HTTPS).passes).toBe(true);
  });

  test("a route to a part of the internet permits that part only", () => {
    const partner = { ...OUT, destination: Cidr.parse("203.0.113.0/24") };
    const at = subnet("s", "10.0.0.0/24", { routes: [LOCAL, partner] });
    const outcome = outcomeOf(machine("web", at, "10.0.0.5"), INTERNET_HOSTS, Port.HTTPS);
    expect(outcome.verdict).toBe("partly");
    expect(outcome.toString()).toContain("web to the internet, to 203.0.113.0/24: passes");
  });

  test("a machine without a public address needs NAT, unless the gateway translates", () => {
    expect(outcomeOf(machine("db", PUBLIC, "10.0.0.5", privateOnly), INTERNET_HOSTS, Port.HTTPS).blocked).toBe(true);
    const router = {
      destination: OUT.destination,
      target: { kind: "internet", path: "router", translates: true } as const,
    };
    const at = subnet("s", "10.0.0.0/24", { routes: [LOCAL, router] });
    expect(outcomeOf(machine("db", at, "10.0.0.5", privateOnly), INTERNET_HOSTS, Port.HTTPS).passes).toBe(true);
  });

  test("a forwarding machine applies its security groups; other machines drop the packets", () => {
    const via = (forwards: boolean, groups: readonly ReturnType<typeof group>[], props: Partial<Interface> = {}) => {
      const nat = onlyInterface(machine("nat", PUBLIC, "10.0.0.9", { forwards, groups, ...props }));
      const route = { destination: OUT.destination, target: { kind: "machine", path: "nat", machine: nat } as const };
      const at = subnet("private", "10.0.1.0/24", { routes: [LOCAL, route] });
      return outcomeOf(machine("db", at, "10.0.1.5", privateOnly), INTERNET_HOSTS, Port.HTTPS);
    };
    const both = group("g", rule("in", Port.ALL, "10.0.1.0/24"), rule("out", Port.ALL, "0.0.0.0/0"));
    expect(via(true, [both]).passes).toBe(true);
    expect(via(true, [group("g", rule("out", Port.ALL, "0.0.0.0/0"))]).blocked).toBe(true);
    expect(via(true, [both], privateOnly).hops.at(-1)?.toString()).toBe("nat has no public address");
    expect(via(false, [both]).hops.at(-1)?.toString()).toMatch(/does not forward packets/);
  });

  test("a route to an external component is unknown", () => {
    const route = { destination: OUT.destination, target: { kind: "external", path: "tgw-1" } as const };
    const at = subnet("s", "10.0.1.0/24", { routes: [LOCAL, route] });
    expect(outcomeOf(machine("db", at, "10.0.1.5"), INTERNET_HOSTS, Port.HTTPS).toString()).toContain(
      "whose further routes are outside of this tree",
    );
  });
});

describe("stateless ACLs", () => {
  const any = { destination: Cidr.parse("0.0.0.0/0") };

  test("need rules for replies to all ephemeral ports", () => {
    const replies = (port: Port) =>
      outcomeOf(
        INTERNET_HOSTS,
        machine(
          "web",
          subnet("s", "10.0.0.0/24", {
            acl: acl("acl", [aclRule(100, "allow", Port.HTTPS)], [aclRule(100, "allow", port, any)]),
          }),
          "10.0.0.5",
        ),
        Port.HTTPS,
      );
    expect(replies(Port.EPHEMERAL_TCP).passes).toBe(true);
    expect(replies(Port.HTTPS).blocked).toBe(true);
    expect(replies(Port.HTTPS).hops.at(-1)?.toString()).toBe("reply: blocked at network ACL acl, rule *");
    const narrow = replies(Port.tcpRange(32_768, 60_999));
    expect(narrow.verdict).toBe("partly");
    expect(narrow.toString()).toContain("source port 32768-60999: passes");
  });

  test("match replies by the requested port as source port", () => {
    const from = (first: number) => {
      const back = aclRule(100, "allow", Port.ALL_TCP, { sourcePorts: { first, last: first } });
      const network = subnet("s", "10.0.0.0/24", { acl: acl("acl", [aclRule(100, "allow", Port.ALL)], [back]) });
      return outcomeOf(INTERNET_HOSTS, machine("web", network, "10.0.0.5"), Port.HTTPS);
    };
    expect([from(443), from(80)].map(({ verdict }) => verdict)).toEqual(["passes", "blocked"]);
    const back = aclRule(100, "allow", Port.ALL_TCP, { sourcePorts: { first: 443, last: 443 } });
    const network = subnet("s", "10.0.0.0/24", { acl: acl("acl", [aclRule(100, "allow", Port.ALL)], [back]) });
    expect(
      outcomeOf(INTERNET_HOSTS, machine("web", network, "10.0.0.5"), Port.tcpRange(440, 450)).toString(),
    ).toContain("port 443: passes");
  });

  test("are evaluated at both subnets, in both directions, and on both sides of NAT", () => {
    const nat = subnet("public", "10.0.0.0/24", { acl: open("public-acl") });
    const outcome = outcomeOf(
      machine("db", behindNat(nat, { acl: open("private-acl") }), "10.0.1.5"),
      INTERNET_HOSTS,
      Port.HTTPS,
    );
    const acls = outcome.hops.map(String).filter((hop) => hop.includes("ACL"));
    expect(acls.map((hop) => hop.replace("allowed by network ACL ", ""))).toEqual([
      ...["private-acl, rule 100", "public-acl, rule 100", "public-acl, rule 100"],
      ...["reply: public-acl, rule 100", "reply: public-acl, rule 100", "reply: private-acl, rule 100"],
    ]);
  });

  test("match the address of NAT instead of the machine after translation", () => {
    const onlyNat = [
      aclRule(100, "allow", Port.ALL),
      aclRule(90, "deny", Port.ALL, { source: Cidr.parse("10.0.1.0/24") }),
    ];
    const nat = subnet("public", "10.0.0.0/24", { acl: acl("acl", [aclRule(100, "allow", Port.ALL)], onlyNat) });
    expect(outcomeOf(machine("db", behindNat(nat), "10.0.1.5"), INTERNET_HOSTS, Port.HTTPS).passes).toBe(true);
  });

  test("do not apply inside a subnet, unless their scope is the network; then they apply once", () => {
    const closed = acl("acl", [], []);
    const at = (scope: "subnet" | "network") => subnet("s", "10.0.0.0/24", { acl: { ...closed, scope } });
    const pair = (network: Subnet) => [machine("a", network, "10.0.0.5"), machine("b", network, "10.0.0.6")] as const;
    expect(outcomeOf(...pair(at("subnet")), Port.SSH).passes).toBe(true);
    expect(outcomeOf(...pair(at("network")), Port.SSH).blocked).toBe(true);
    const shared = { ...open("acl"), scope: "network" } as const;
    const [one, other] = [subnet("s", "10.0.0.0/24", { acl: shared }), subnet("t", "10.0.1.0/24", { acl: shared })];
    expect(
      outcomeOf(machine("a", one, "10.0.0.5"), machine("b", other, "10.0.1.5"), Port.SSH).hops.map(String),
    ).toEqual(["allowed by network ACL acl, rule 100", "reply: allowed by network ACL acl, rule 100"]);
  });
});

describe("between machines", () => {
  const a = subnet("a", "10.0.0.0/24");

  test("security groups of both apply, and permit replies", () => {
    const [web, database] = [
      group("web", rule("out", Port.tcp(5432), "database")),
      group("database", rule("in", Port.tcp(5432), "web")),
    ];
    const from = machine("w", a, "10.0.0.5", { groups: [web] });
    const to = machine("d", subnet("b", "10.0.1.0/24"), "10.0.1.5", { groups: [database] });
    expect(outcomeOf(from, to, Port.tcp(5432)).passes).toBe(true);
    expect(outcomeOf(to, from, Port.tcp(5432)).blocked).toBe(true);
    expect(outcomeOf(from, to, Port.SSH).blocked).toBe(true);
  });

  test("of two networks there is no route, except over the internet to a public address", () => {
    const far = subnet("far", "10.0.8.0/24", { network: "other" });
    const near = machine("near", a, "10.0.0.5");
    expect(outcomeOf(near, machine("far", far, "10.0.8.5", { isPublic: "no" }), Port.SSH).hops.join()).toMatch(
      /is in another network/,
    );
    const known = machine("far", far, "10.0.8.5");
    expect(outcomeOf(near, known, Port.SSH).passes).toBe(true);
    const restricted = machine("far", far, "10.0.8.5", {
      groups: [group("g", rule("in", Port.SSH, "203.0.113.0/24"))],
    });
    expect(outcomeOf(near, restricted, Port.SSH).verdict).toBe("unknown");
    expect(outcomeOf(near, machine("far", far, "10.0.8.5", { groups: [] }), Port.SSH).blocked).toBe(true);
  });

  test("in a subnet outside of the tree the verdict is unknown, unless a security group blocks", () => {
    const external = { subnet: { unknown: "external" }, addresses: { unknown: "external" } };
    expect(outcomeOf(INTERNET_HOSTS, machine("m", a, "10.0.0.5", external), Port.SSH).verdict).toBe("unknown");
    expect(
      outcomeOf(INTERNET_HOSTS, machine("m", a, "10.0.0.5", { ...external, groups: [group("g")] }), Port.SSH).blocked,
    ).toBe(true);
  });
});

describe("the internet", () => {
  const contains = (address: string) => {
    const { first } = Cidr.parse(`${address}/32`);
    return INTERNET.some((block) => block.first <= first && first <= block.last);
  };

  test.each(["1.1.1.1", "8.8.8.8", "100.128.0.0", "172.15.255.255", "172.32.0.0", "223.255.255.255"])(
    "contains %s",
    (address) => {
      expect(contains(address)).toBe(true);
    },
  );

  test.each([
    "0.0.0.1",
    "10.0.0.0",
    "100.64.0.0",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.7.1",
    "224.0.0.1",
  ])("does not contain %s", (address) => expect(contains(address)).toBe(false));
});
