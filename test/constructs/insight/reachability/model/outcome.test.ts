import { Cidr } from "@groundwork/constructs/core/cidr";
import { Port } from "@groundwork/constructs/core/port";
import { INTERNET } from "@groundwork/constructs/insight/reachability/model/packets";
import type { Interface, Subnet } from "@groundwork/constructs/insight/reachability/model/place";
import {
  acl,
  asked,
  group,
  line,
  LOCAL,
  machine,
  onlyInterface,
  OUT,
  rule,
  subnet,
  WORLD,
} from "../../../../support/terrain";

const PUBLIC = subnet("public", "10.0.0.0/24");

/** A subnet that leads out through NAT in another one. */
function behindNat(nat: Subnet, props: Partial<Subnet> = {}): Subnet {
  const route = { destination: OUT.destination, target: { kind: "nat", path: "nat", subnet: nat } as const };
  return subnet("private", "10.0.1.0/24", { routes: [LOCAL, route], ...props });
}

/** All allowed to and from everywhere. */
function open(path: string): ReturnType<typeof acl> {
  return acl(path, [line(100, "allow", Port.ALL)], [line(100, "allow", Port.ALL)]);
}

describe("from the internet", () => {
  const web = machine("web", PUBLIC, "10.0.0.5");

  test("a machine with an address is reached through the gateway", () => {
    const outcome = asked(WORLD, web, Port.HTTPS);
    expect([outcome.passes, outcome.blocked]).toEqual([true, false]);
    expect(outcome.hops.join("\n")).toBe("public-table leads 0.0.0.0/0 to internet gateway gateway");
  });

  test("a machine without an address is not", () => {
    const outcome = asked(WORLD, machine("web", PUBLIC, "10.0.0.5", { isPublic: "no" }), Port.HTTPS);
    expect(outcome.blocked).toBe(true);
    expect(outcome.hops.join()).toBe("web has no address of the internet");
  });

  test("nobody opens a connection through NAT, whatever stands in front of the machine", () => {
    const outcome = asked(WORLD, machine("db", behindNat(PUBLIC), "10.0.1.5"), Port.HTTPS);
    expect(outcome.blocked).toBe(true);
    expect(outcome.toString()).toContain("NAT gateway nat, through which nobody opens a connection");
  });

  test("a subnet without a route out is not reached, since answers would not leave it", () => {
    const closed = subnet("data", "10.0.2.0/24", { routes: [LOCAL] });
    const outcome = asked(WORLD, machine("db", closed, "10.0.2.5"), Port.HTTPS);
    expect(outcome.hops.join()).toBe("no route from subnet data to the internet");
  });

  test("a block that is let in passes, the rest does not, and both are said", () => {
    const office = machine("web", PUBLIC, "10.0.0.5", { groups: [group("g", rule("in", Port.SSH, "203.0.113.0/24"))] });
    const outcome = asked(WORLD, office, Port.SSH);
    expect([outcome.verdict, outcome.passes, outcome.blocked]).toEqual(["partly", false, false]);
    expect(outcome.hops.at(-1)?.toString()).toBe("blocked at security group g: no rule lets it in");
    expect(outcome.toString()).toContain("the internet to web, from 203.0.113.0/24: passes");
    expect(outcome.toString()).toContain("the internet to web, from everywhere else: blocked");
    expect(asked({ ...WORLD, blocks: [Cidr.parse("203.0.113.8/29")] }, office, Port.SSH).passes).toBe(true);
  });

  test("of several ports those that rules open pass, and they are named", () => {
    const web2 = machine("web", PUBLIC, "10.0.0.5", { groups: [group("g", rule("in", Port.HTTPS, "0.0.0.0/0"))] });
    expect(asked(WORLD, web2, Port.tcpRange(440, 450)).toString()).toContain("port 443: passes");
  });

  test("it is unknown while nobody knows of a public address, unless something else blocks", () => {
    const maybe = { isPublic: "maybe" } as const;
    expect(asked(WORLD, machine("web", PUBLIC, "10.0.0.5", maybe), Port.SSH).verdict).toBe("unknown");
    const shut = machine("web", PUBLIC, "10.0.0.5", { ...maybe, groups: [group("g")] });
    expect(asked(WORLD, shut, Port.SSH).blocked).toBe(true);
  });

  test("a machine is reached where one of its interfaces is", () => {
    const inner = onlyInterface(machine("inner", behindNat(PUBLIC), "10.0.1.5", { isPublic: "no" }));
    const both = { ...web, interfaces: [inner, onlyInterface(web)] };
    expect(asked(WORLD, both, Port.SSH).passes).toBe(true);
    expect(asked(WORLD, { ...web, interfaces: [inner] }, Port.SSH).blocked).toBe(true);
  });
});

describe("to the internet", () => {
  const shy = { isPublic: "no" } as const;

  test("a private machine passes through NAT and its subnet's table", () => {
    const outcome = asked(machine("db", behindNat(PUBLIC), "10.0.1.5", shy), WORLD, Port.HTTPS);
    expect(outcome.passes).toBe(true);
    expect(outcome.hops.map(String)).toEqual([
      "private-table leads 0.0.0.0/0 to NAT gateway nat",
      "public-table leads 0.0.0.0/0 to internet gateway gateway",
    ]);
  });

  test("NAT in a subnet that does not lead out leads nowhere", () => {
    const closed = subnet("closed", "10.0.0.0/24", { routes: [LOCAL] });
    const outcome = asked(machine("db", behindNat(closed), "10.0.1.5", shy), WORLD, Port.HTTPS);
    expect(outcome.hops.at(-1)?.toString()).toBe("no route from closed-table to the internet");
    expect(outcome.blocked).toBe(true);
  });

  test("NAT that stands in no subnet needs none", () => {
    const regional = { destination: OUT.destination, target: { kind: "nat", path: "nat", subnet: undefined } as const };
    const at = subnet("private", "10.0.1.0/24", { routes: [LOCAL, regional] });
    expect(asked(machine("db", at, "10.0.1.5", shy), WORLD, Port.HTTPS).passes).toBe(true);
  });

  test("a route to some of it leads to no more", () => {
    const partner = { ...OUT, destination: Cidr.parse("203.0.113.0/24") };
    const at = subnet("s", "10.0.0.0/24", { routes: [LOCAL, partner] });
    const outcome = asked(machine("web", at, "10.0.0.5"), WORLD, Port.HTTPS);
    expect(outcome.verdict).toBe("partly");
    expect(outcome.toString()).toContain("web to the internet, to 203.0.113.0/24: passes");
  });

  test("a machine without an address needs NAT, unless the gateway translates", () => {
    expect(asked(machine("db", PUBLIC, "10.0.0.5", shy), WORLD, Port.HTTPS).blocked).toBe(true);
    const router = {
      destination: OUT.destination,
      target: { kind: "internet", path: "router", translates: true } as const,
    };
    const at = subnet("s", "10.0.0.0/24", { routes: [LOCAL, router] });
    expect(asked(machine("db", at, "10.0.0.5", shy), WORLD, Port.HTTPS).passes).toBe(true);
  });

  test("a machine that forwards passes on what its groups let in and out; another drops it", () => {
    const via = (forwards: boolean, groups: readonly ReturnType<typeof group>[], props: Partial<Interface> = {}) => {
      const nat = onlyInterface(machine("nat", PUBLIC, "10.0.0.9", { forwards, groups, ...props }));
      const route = { destination: OUT.destination, target: { kind: "machine", path: "nat", machine: nat } as const };
      const at = subnet("private", "10.0.1.0/24", { routes: [LOCAL, route] });
      return asked(machine("db", at, "10.0.1.5", shy), WORLD, Port.HTTPS);
    };
    const both = group("g", rule("in", Port.ALL, "10.0.1.0/24"), rule("out", Port.ALL, "0.0.0.0/0"));
    expect(via(true, [both]).passes).toBe(true);
    expect(via(true, [group("g", rule("out", Port.ALL, "0.0.0.0/0"))]).blocked).toBe(true);
    expect(via(true, [both], shy).hops.at(-1)?.toString()).toBe("nat has no address of the internet");
    expect(via(false, [both]).hops.at(-1)?.toString()).toMatch(/drops packets that are not its own/);
  });

  test("what leads to something that stands elsewhere is unknown", () => {
    const route = { destination: OUT.destination, target: { kind: "elsewhere", path: "tgw-1" } as const };
    const at = subnet("s", "10.0.1.0/24", { routes: [LOCAL, route] });
    expect(asked(machine("db", at, "10.0.1.5"), WORLD, Port.HTTPS).toString()).toContain(
      "cannot know: what lies behind it",
    );
  });
});

describe("stateless ACLs", () => {
  const any = { destination: Cidr.parse("0.0.0.0/0") };

  test("have to let the answers out, to every port that a caller may use", () => {
    const answers = (port: Port) =>
      asked(
        WORLD,
        machine(
          "web",
          subnet("s", "10.0.0.0/24", {
            acl: acl("acl", [line(100, "allow", Port.HTTPS)], [line(100, "allow", port, any)]),
          }),
          "10.0.0.5",
        ),
        Port.HTTPS,
      );
    expect(answers(Port.EPHEMERAL_TCP).passes).toBe(true);
    expect(answers(Port.HTTPS).blocked).toBe(true);
    expect(answers(Port.HTTPS).hops.at(-1)?.toString()).toBe("answers: blocked at network ACL acl, rule *");
    const narrow = answers(Port.tcpRange(32_768, 60_999));
    expect(narrow.verdict).toBe("partly");
    expect(narrow.toString()).toContain("caller's port 32768-60999: passes");
  });

  test("see answers come from the port that was called", () => {
    const from = (first: number) => {
      const back = line(100, "allow", Port.ALL_TCP, { sourcePorts: { first, last: first } });
      const place = subnet("s", "10.0.0.0/24", { acl: acl("acl", [line(100, "allow", Port.ALL)], [back]) });
      return asked(WORLD, machine("web", place, "10.0.0.5"), Port.HTTPS);
    };
    expect([from(443), from(80)].map(({ verdict }) => verdict)).toEqual(["passes", "blocked"]);
    const back = line(100, "allow", Port.ALL_TCP, { sourcePorts: { first: 443, last: 443 } });
    const place = subnet("s", "10.0.0.0/24", { acl: acl("acl", [line(100, "allow", Port.ALL)], [back]) });
    expect(asked(WORLD, machine("web", place, "10.0.0.5"), Port.tcpRange(440, 450)).toString()).toContain(
      "port 443: passes",
    );
  });

  test("are asked at both subnets, there and back, and around NAT", () => {
    const nat = subnet("public", "10.0.0.0/24", { acl: open("public-acl") });
    const outcome = asked(machine("db", behindNat(nat, { acl: open("private-acl") }), "10.0.1.5"), WORLD, Port.HTTPS);
    const acls = outcome.hops.map(String).filter((words) => words.includes("ACL"));
    expect(acls.map((words) => words.replace("allowed by network ACL ", ""))).toEqual([
      ...["private-acl, rule 100", "public-acl, rule 100", "public-acl, rule 100"],
      ...["answers: public-acl, rule 100", "answers: public-acl, rule 100", "answers: private-acl, rule 100"],
    ]);
  });

  test("see behind NAT the address of NAT, not that of the machine", () => {
    const onlyNat = [line(100, "allow", Port.ALL), line(90, "deny", Port.ALL, { source: Cidr.parse("10.0.1.0/24") })];
    const nat = subnet("public", "10.0.0.0/24", { acl: acl("acl", [line(100, "allow", Port.ALL)], onlyNat) });
    expect(asked(machine("db", behindNat(nat), "10.0.1.5"), WORLD, Port.HTTPS).passes).toBe(true);
  });

  test("are not asked inside a subnet, unless they stand anywhere in the network, and then once", () => {
    const shut = acl("acl", [], []);
    const at = (border: "subnet" | "network") => subnet("s", "10.0.0.0/24", { acl: { ...shut, border } });
    const pair = (place: Subnet) => [machine("a", place, "10.0.0.5"), machine("b", place, "10.0.0.6")] as const;
    expect(asked(...pair(at("subnet")), Port.SSH).passes).toBe(true);
    expect(asked(...pair(at("network")), Port.SSH).blocked).toBe(true);
    const shared = { ...open("acl"), border: "network" } as const;
    const [one, other] = [subnet("s", "10.0.0.0/24", { acl: shared }), subnet("t", "10.0.1.0/24", { acl: shared })];
    expect(asked(machine("a", one, "10.0.0.5"), machine("b", other, "10.0.1.5"), Port.SSH).hops.map(String)).toEqual([
      "allowed by network ACL acl, rule 100",
      "answers: allowed by network ACL acl, rule 100",
    ]);
  });
});

describe("between machines", () => {
  const a = subnet("a", "10.0.0.0/24");

  test("security groups of both are asked, and not about answers", () => {
    const [web, database] = [
      group("web", rule("out", Port.tcp(5432), "database")),
      group("database", rule("in", Port.tcp(5432), "web")),
    ];
    const from = machine("w", a, "10.0.0.5", { groups: [web] });
    const to = machine("d", subnet("b", "10.0.1.0/24"), "10.0.1.5", { groups: [database] });
    expect(asked(from, to, Port.tcp(5432)).passes).toBe(true);
    expect(asked(to, from, Port.tcp(5432)).blocked).toBe(true);
    expect(asked(from, to, Port.SSH).blocked).toBe(true);
  });

  test("of two networks there is no way, but over the internet where the other has an address", () => {
    const far = subnet("far", "10.0.8.0/24", { network: "other" });
    const near = machine("near", a, "10.0.0.5");
    expect(asked(near, machine("far", far, "10.0.8.5", { isPublic: "no" }), Port.SSH).hops.join()).toMatch(
      /stands in another network/,
    );
    const known = machine("far", far, "10.0.8.5");
    expect(asked(near, known, Port.SSH).passes).toBe(true);
    const choosy = machine("far", far, "10.0.8.5", { groups: [group("g", rule("in", Port.SSH, "203.0.113.0/24"))] });
    expect(asked(near, choosy, Port.SSH).verdict).toBe("unknown");
    expect(asked(near, machine("far", far, "10.0.8.5", { groups: [] }), Port.SSH).blocked).toBe(true);
  });

  test("in a subnet that stands elsewhere it is unknown, unless a group blocks", () => {
    const elsewhere = { subnet: { unknown: "stands elsewhere" }, addresses: { unknown: "stands elsewhere" } };
    expect(asked(WORLD, machine("m", a, "10.0.0.5", elsewhere), Port.SSH).verdict).toBe("unknown");
    expect(asked(WORLD, machine("m", a, "10.0.0.5", { ...elsewhere, groups: [group("g")] }), Port.SSH).blocked).toBe(
      true,
    );
  });
});

describe("the internet", () => {
  const holds = (address: string) => {
    const { first } = Cidr.parse(`${address}/32`);
    return INTERNET.some((block) => block.first <= first && first <= block.last);
  };

  test.each(["1.1.1.1", "8.8.8.8", "100.128.0.0", "172.15.255.255", "172.32.0.0", "223.255.255.255"])(
    "has %s",
    (address) => {
      expect(holds(address)).toBe(true);
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
  ])("has not %s", (address) => expect(holds(address)).toBe(false));
});
