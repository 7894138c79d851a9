import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port as Traffic } from "@groundwork/constructs/core/port";
import { TXT001 } from "@groundwork/constructs/core/rules";
import { Size } from "@groundwork/constructs/core/size";
import { OPENSTACK } from "@groundwork/constructs/openstack/cloud";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { ServerGroup } from "@groundwork/constructs/openstack/compute/server-group";
import { Volume } from "@groundwork/constructs/openstack/compute/volume";
import { MACHINE_NAME } from "@groundwork/constructs/openstack/limits";
import { HealthCheck } from "@groundwork/constructs/openstack/load-balancing/health-check";
import { type ListenerProps, type Target } from "@groundwork/constructs/openstack/load-balancing/listener";
import { LoadBalancer } from "@groundwork/constructs/openstack/load-balancing/load-balancer";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { Network } from "@groundwork/constructs/openstack/network/network";
import { Port } from "@groundwork/constructs/openstack/network/port";
import { Router } from "@groundwork/constructs/openstack/network/router";
import { Subnet } from "@groundwork/constructs/openstack/network/subnet";
import { OST007, OST008, OST025, OST026, OST027, OST028, OST029, OST030 } from "@groundwork/constructs/openstack/rules";
import { FirewallGroup } from "@groundwork/constructs/openstack/security/firewall-group";
import { SecurityGroup } from "@groundwork/constructs/openstack/security/security-group";
import { Token } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { synthesized } from "../../support/fixture";
import { NARROW, readyForMachines, twoTiers } from "../../support/openstack";

type Fixture = ReturnType<typeof readyForMachines>;

/** Every construct with a name or a description. */
const TEXTS: Readonly<Record<string, (fixture: Fixture, text: string) => unknown>> = {
  network: ({ stack }, name) => new Network(stack, "X", { cidr: Cidr.parse("10.0.0.0/16"), name }),
  "tag of a network": ({ stack }, tag) => new Network(stack, "X", { cidr: Cidr.parse("10.0.0.0/16"), tags: [tag] }),
  subnet: ({ stack, network }, name) => new Subnet(stack, "X", { network, cidr: Cidr.parse("172.31.32.0/20"), name }),
  router: ({ stack, network }, name) =>
    new Router(stack, "X", {
      subnets: [new Subnet(stack, "Y", { network, cidr: Cidr.parse("172.31.32.0/20") })],
      name,
    }),
  port: ({ stack, privateSubnet: subnet }, name) => new Port(stack, "X", { subnet, securityGroups: [], name }),
  "security group": ({ stack }, name) => new SecurityGroup(stack, "X", { description: "d", name }),
  "description of a security group": ({ stack }, description) => new SecurityGroup(stack, "X", { description }),
  "server group": ({ stack }, name) => new ServerGroup(stack, "X", { name }),
  volume: ({ stack, ...rest }, name) =>
    new Volume(stack, "X", { name, size: Size.gibibytes(1), machine: worker({ stack, ...rest }) }),
  "description of a floating IP": ({ stack, internet: external }, description) =>
    new FloatingIp(stack, "X", { external, description }),
  "name of a target": ({ stack, publicSubnet: subnet }, name) => {
    new LoadBalancer(stack, "X", { subnet }).addListener("web", {
      port: 80,
      targets: [{ name, fixedAddress: "172.31.0.9" }],
    });
  },
};

function worker({ stack, flavor, image, keyPair, privateSubnet }: Fixture, scope: Construct = stack, id = "Worker") {
  return new Instance(scope, id, { flavor, image, keyPair, nics: [Nic.in(privateSubnet)] });
}

describe("names and descriptions of OpenStack", () => {
  test.each(Object.entries(TEXTS))("of a %s have at most 255 printable characters", (label, create) => {
    const most = label.startsWith("tag") ? 60 : 255;
    expect(() => create(readyForMachines(), "ü".repeat(most))).not.toThrow();
    expect(() => create(readyForMachines(), "x".repeat(most + 1))).toViolate(TXT001, new RegExp(`${most} characters`));
    expect(() => create(readyForMachines(), "a\u0000b")).toViolate(TXT001);
  });

  test.each(Object.entries(TEXTS))("of a %s are not evaluated by Terraform", (_, create) => {
    const fixture = readyForMachines();
    create(fixture, "a${b}%{c}");
    expect(JSON.stringify(synthesized(fixture.stack))).toContain("a$${b}%%{c}");
  });

  test("are shortened when they are derived from a long path", () => {
    const fixture = readyForMachines();
    const scope = new Construct(new Construct(fixture.stack, "a".repeat(200)), "b".repeat(100));
    new Network(scope, "Network", { cidr: Cidr.parse("10.0.0.0/16") });
    new SecurityGroup(scope, "Group", { description: "d" });
    new ServerGroup(scope, "Servers");
    const balancer = new LoadBalancer(scope, "Api", { subnet: fixture.publicSubnet });
    balancer.addListener("web", { port: 80, targets: [{ name: "a", fixedAddress: "172.31.0.9" }] });
    const rule = { name: "r".repeat(255), action: "allow", from: Peer.anyIpv4(), to: Peer.anyIpv4() } as const;
    new FirewallGroup(scope, "Firewall", {
      router: fixture.router,
      inbound: [{ ...rule, traffic: Traffic.HTTP }],
      outbound: [],
    });
    const names = Object.values(synthesized(fixture.stack)["resource"] ?? {})
      .flatMap((blocks) => Object.values(blocks))
      .map(({ name }) => name)
      .filter((name): name is string => typeof name === "string");
    expect(names.filter((name) => name.length > 255)).toEqual([]);
    expect(names.filter((name) => name.length > 200).length).toBeGreaterThan(7);
  });

  test("are labels of at most 64 characters for floating IPs of clouds that have labels", () => {
    const { stack, internet: external } = twoTiers(NARROW);
    expect(() => new FloatingIp(stack, "X", { external, description: "x".repeat(65) })).toViolate(TXT001, /label/);
  });

  test("of a security group are not default, which every project has", () => {
    const { stack } = twoTiers();
    expect(() => new SecurityGroup(stack, "X", { description: "d", name: "Default" })).toViolate(OST030, /"Default"/);
  });

  test("of a rule count characters as Neutron does", () => {
    const { stack } = twoTiers();
    const { connections } = new SecurityGroup(stack, "X", { description: "d" });
    connections.allowFrom(Peer.anyIpv4(), Traffic.HTTP, "🙂".repeat(255));
    expect(() => connections.allowFrom(Peer.anyIpv4(), Traffic.HTTPS, "🙂".repeat(256))).toViolate(OST007);
  });
});

describe("the default host name of a machine", () => {
  test("is valid for every path", () => {
    const part = fc.string({ unit: fc.constantFrom(..."aZ0-_.é "), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const fixture = readyForMachines();
        const scope = parts.reduce<Construct>((parent, id) => new Construct(parent, id), fixture.stack);
        const { name } = worker(fixture, scope, "1");
        expect(name).toMatch(MACHINE_NAME.pattern);
        expect(name.length).toBeLessThanOrEqual(MACHINE_NAME.maxLength);
      }),
      { numRuns: 30 },
    );
  });

  test("distinguishes machines under a long path", () => {
    const fixture = readyForMachines();
    const scope = new Construct(fixture.stack, "x".repeat(80));
    expect(worker(fixture, scope, "One").name).not.toBe(worker(fixture, scope, "Two").name);
  });
});

const target: Target = { name: "a", fixedAddress: "172.31.0.9" };

function listener(props: Partial<ListenerProps>, cloud = OPENSTACK, id = "web") {
  const { stack, publicSubnet: subnet } = twoTiers(cloud);
  new LoadBalancer(stack, "Api", { subnet }).addListener(id, { port: 80, targets: [target], ...props });
  return stack;
}

describe("listeners", () => {
  test.each([0, 65_536, 1.5, NaN, -1, Infinity])("reject port %s of a listener and of its targets", (port) => {
    expect(() => listener({ port })).toViolate(OST027, new RegExp(`port ${port}`));
    expect(() => listener({ targetPort: port })).toViolate(OST027, /target port/);
  });

  test("accept the first and the last port, and a port that is known only at apply", () => {
    for (const port of [1, 65_535, Token.asNumber("${x}")]) expect(() => listener({ port })).not.toThrow();
  });

  test.each(["x", "", "172.31.0", "172.31.0.9/32", "host.example.com", "${x}"])("reject target %s", (fixedAddress) => {
    expect(() => listener({ targets: [{ name: "a", fixedAddress }] })).toViolate(OST028, /IP address/);
  });

  test("accept targets with IPv4 and IPv6 addresses, and addresses that are known only at apply", () => {
    const addresses = ["172.31.0.9", "2001:db8::1", "${TfToken[TOKEN.99]}"];
    expect(() =>
      listener({ targets: addresses.map((fixedAddress) => ({ name: fixedAddress, fixedAddress })) }),
    ).not.toThrow();
  });

  test("reject a target twice, by address and by name", () => {
    expect(() => listener({ targets: [target, { ...target, name: "b" }] })).toViolate(OST028, /twice/);
    const other = { name: "a", fixedAddress: "172.31.0.10" };
    expect(() => listener({ targets: [target, other] })).toViolate(OST025, /name "a"/);
    expect(() => listener({ targets: [{ ...target, name: "" }] })).toViolate(OST025);
  });

  test.each(["Resource", "FloatingIp", "", " ", "constructor", "toString"])("reject the id %s", (id) => {
    expect(() => listener({}, OPENSTACK, id)).toViolate(OST025, /listener/);
  });

  test("reject an id twice, also if it differs only in how a path is written", () => {
    const { stack, publicSubnet: subnet } = twoTiers();
    const balancer = new LoadBalancer(stack, "Api", { subnet });
    balancer.addListener("a/b", { port: 80, targets: [target] });
    expect(() => balancer.addListener("a--b", { port: 81, targets: [target] })).toViolate(OST025, /in use/);
  });

  test.each(["", "healthz", "http://x/", "/a b", "/é", `/${"x".repeat(255)}`, "/%zz"])(
    "reject health checks of the path %s",
    (path) => {
      expect(() => HealthCheck.http(path)).toViolate(OST029);
    },
  );

  test("accept paths with a query and escapes", () => {
    expect(HealthCheck.http("/a/b%20c?d=e&f").settings.urlPath).toBe("/a/b%20c?d=e&f");
  });
});

describe("further limits of OpenStack", () => {
  test.each(["Resource", "Default", "interface-x", ""])("reject the id %s of a route", (id) => {
    const { router } = twoTiers();
    expect(() => router.addRoute(id, Cidr.parse("10.0.0.0/8"), "172.31.0.9")).toViolate(OST025, /route/);
  });

  test("reject a route twice", () => {
    const { router } = twoTiers();
    router.addRoute("pods", Cidr.parse("10.0.0.0/8"), "172.31.0.9");
    expect(() => router.addRoute("pods", Cidr.parse("11.0.0.0/8"), "172.31.0.9")).toViolate(
      OST025,
      /"pods", which is in use/,
    );
  });

  test("reject firewall rules with reserved and repeated names, and for ICMPv6", () => {
    const rule = { action: "allow", from: Peer.anyIpv4(), to: Peer.anyIpv4(), traffic: Traffic.HTTP } as const;
    const firewall = (...inbound: ConstructorParameters<typeof FirewallGroup>[2]["inbound"]) => {
      const { stack, router } = twoTiers();
      new FirewallGroup(stack, "Firewall", { router, inbound, outbound: [] });
    };
    expect(() => firewall({ ...rule, name: "Resource" })).toViolate(OST025, /construct itself/);
    expect(() => firewall({ ...rule, name: "web" }, { ...rule, name: "web" })).toViolate(OST025, /in use/);
    expect(() => firewall({ ...rule, name: "ping", traffic: Traffic.ALL_ICMPV6 })).toViolate(OST008, /ALL_ICMP:/);
  });

  test.each([["not an ip"], ["1.1.1"], ["a.example.com"], ["1.1.1.1", "1.1.1.1"], ["1.1.1.1 "]])(
    "reject name servers %s %s",
    (...dnsServers) => {
      const { stack, network } = twoTiers();
      const cidr = Cidr.parse("172.31.32.0/20");
      expect(() => new Subnet(stack, "X", { network, cidr, dnsServers })).toViolate(OST026);
    },
  );

  test("accept five name servers, and as many as the cloud does", () => {
    const servers = [1, 2, 3, 4, 5, 6].map((n) => `10.0.0.${n}`);
    const create = (dnsServers: readonly string[], cloud = OPENSTACK) => {
      const { stack, network } = twoTiers(cloud);
      return new Subnet(stack, "X", { network, cidr: Cidr.parse("172.31.32.0/20"), dnsServers });
    };
    expect(() => create(servers.slice(0, 5))).not.toThrow();
    expect(() => create(servers)).toViolate(OST026, /at most 5/);
    expect(() => create(servers, { ...OPENSTACK, dnsServers: 6 })).not.toThrow();
    expect(() => create(["${TfToken[TOKEN.1]}", "2001:db8::1"])).not.toThrow();
  });

  test("escape the names of flavors, images, networks, zones and types", () => {
    const { stack } = readyForMachines(OPENSTACK, "m1.${x}");
    expect(JSON.stringify(synthesized(stack))).toContain("m1.$${x}");
  });
});
