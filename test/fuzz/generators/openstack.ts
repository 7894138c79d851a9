import * as os from "@groundwork/constructs/openstack";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import type { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { fresh, openstackMachine, openstackNetwork } from "./surroundings";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a";

/** The first three numbers of a /20 that no other construct of the stack has; rarely of one that is in use. */
function freeBlock(scope: Construct, draw: Draw): string {
  const used = TerraformStack.of(scope)
    .node.findAll()
    .filter((each) => each instanceof os.Subnet).length;
  return `172.31.${draw.rarely(
    () => 32 + 16 * Math.max(0, used - 2),
    () => 32,
  )}`;
}

const name = (draw: Draw) => draw.text(/^[A-Za-z0-9 ._-]{1,20}$/);
const hostName = (draw: Draw) => draw.text(/^[a-z][a-z0-9-]{0,20}[a-z]$/);

function group(scope: Construct, draw: Draw): os.SecurityGroup {
  return new os.SecurityGroup(scope, fresh(scope, "OwnGroup"), { description: draw.prose() });
}

function floatingIp(scope: Construct, draw: Draw): os.IFloatingIp {
  const { external } = openstackNetwork(scope);
  return draw.one(
    () => new os.FloatingIp(scope, fresh(scope, "OwnAddress"), { external }),
    () => os.FloatingIp.fromAddress(scope, fresh(scope, "GivenAddress"), "203.0.113.9"),
  );
}

function disk(draw: Draw): os.Disk {
  return {
    size: draw.gibibytes(1, 500),
    ...draw.some({ type: () => draw.text("General SSD"), keep: () => draw.flag() }),
  };
}

function nic(scope: Construct, draw: Draw): os.Nic {
  const { publicSubnet } = openstackNetwork(scope);
  return os.Nic.in(
    publicSubnet,
    draw.some({
      fixedAddress: () => draw.text(`172.31.16.${draw.number(10, 250)}`, "172.31.16.1", "x"),
      floatingIp: () => floatingIp(scope, draw),
      securityGroups: () => [group(scope, draw)],
      allowedAddresses: () => draw.distinct(() => draw.text("10.233.64.0/18", "192.168.7.150"), 2),
    }),
  );
}

function machine(scope: Construct, draw: Draw, id: string): os.Instance {
  const { flavor, image, keyPair } = openstackMachine(scope);
  return new os.Instance(scope, id, {
    flavor,
    image,
    keyPair,
    nics: [nic(scope, draw), ...draw.list(() => nic(scope, draw), 1)],
    ...draw.some({
      name: () => hostName(draw),
      securityGroups: () => [group(scope, draw)] as const,
      rootDisk: () => disk(draw),
      dataDisks: () => draw.list(() => disk(draw), 2),
      zone: () => draw.text("nova"),
      serverGroup: () => new os.ServerGroup(scope, fresh(scope, "OwnServers")),
      boot: () => CloudInit.ubuntu().with(Files.text("/etc/motd", draw.prose())),
      dependsOn: () => [],
      bootCausesReplacement: () => draw.flag(),
    }),
  });
}

function firewallRule(draw: Draw): os.FirewallRule {
  return {
    name: draw.text(/^[a-z]{2,9}$/),
    action: draw.among("allow", "deny"),
    from: draw.block(),
    to: draw.block(),
    traffic: draw.port(),
  };
}

export const OPENSTACK: Readonly<Record<string, Generator>> = {
  "openstack.ExternalNetwork": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.ExternalNetwork(scope, id, draw.some({ name: () => name(draw), cloud: () => os.OPENSTACK }));
  },
  "openstack.Network": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.Network(scope, id, {
      cidr: draw.cidr(),
      ...draw.some({ name: () => name(draw), tags: () => draw.list(() => draw.prose()), cloud: () => os.OPENSTACK }),
    });
  },
  "openstack.Subnet": (scope, draw, id) => {
    const base = freeBlock(scope, draw);
    return new os.Subnet(scope, id, {
      network: openstackNetwork(scope).network,
      cidr: draw.cidr(`${base}.0/20`, `${base}.0/24`, `${base}.0/28`, `${base}.0/29`),
      ...draw.some({
        name: () => name(draw),
        floatingIps: () => draw.flag(),
        automaticAddresses: () => draw.cidr(`${base}.128/25`, `${base}.8/29`, "172.31.40.0/21"),
        dnsServers: () => draw.distinct(() => draw.among("9.9.9.9", "1.1.1.1", draw.text("2001:db8::1", "x")), 5, 1),
      }),
    });
  },
  "openstack.Router": (scope, draw, id) => {
    const { external, network } = openstackNetwork(scope);
    const base = freeBlock(scope, draw);
    const subnet = new os.Subnet(scope, fresh(scope, "Sub"), { network, cidr: draw.cidr(`${base}.0/20`) });
    const router = new os.Router(scope, id, {
      subnets: [subnet],
      ...draw.some({ external: () => external, name: () => name(draw) }),
    });
    for (const route of draw.list(() => draw.text(/^[a-z]{2,9}$/), 2))
      router.addRoute(route, draw.cidr("10.233.64.0/18"), draw.text(`${base}.9`, "172.31.48.9"));
  },
  "openstack.Port": (scope, draw, id) =>
    new os.Port(scope, id, {
      subnet: openstackNetwork(scope).publicSubnet,
      securityGroups: draw.list(() => group(scope, draw), 1),
      ...draw.some({
        fixedAddress: () => draw.text("172.31.16.9", "172.31.16.10", "172.31.16.255", "x"),
        floatingIp: () => floatingIp(scope, draw),
        allowedAddresses: () => draw.distinct(() => draw.text("10.233.64.0/18", "192.168.7.150", "x"), 3),
        name: () => name(draw),
      }),
    }),
  "openstack.FloatingIp": (scope, draw, id) =>
    new os.FloatingIp(scope, id, {
      external: openstackNetwork(scope).external,
      ...draw.some({ description: () => draw.prose(), dependsOn: () => [] }),
    }),
  "openstack.TwoTierNetwork": (scope, draw, id) =>
    new os.TwoTierNetwork(scope, id, {
      external: openstackNetwork(scope).external,
      cidr: draw.cidr("172.31.0.0/16"),
      publicCidr: draw.cidr("172.31.16.0/20"),
      privateCidr: draw.cidr("172.31.0.0/20"),
      administrators: draw.distinct(() => draw.office(), 2, 1),
      ...draw.some({ automaticAddresses: () => draw.cidr("172.31.8.0/21") }),
    }),
  "openstack.SecurityGroup": (scope, draw, id) => {
    openstackNetwork(scope);
    const created = new os.SecurityGroup(scope, id, {
      description: draw.prose(),
      ...draw.some({ allowAllOutbound: () => draw.flag(), name: () => name(draw) }),
    });
    for (const [peer, port] of draw.list(() => [draw.peer(), draw.port()] as const))
      created.connections.allowFrom(peer, port, draw.prose());
    if (draw.flag()) created.connections.allowTo(group(scope, draw), draw.port(), draw.prose());
  },
  "openstack.FirewallGroup": (scope, draw, id) =>
    new os.FirewallGroup(scope, id, {
      router: openstackNetwork(scope).router,
      inbound: draw.list(() => firewallRule(draw)),
      outbound: draw.list(() => firewallRule(draw), 1),
      ...draw.some({ cloud: () => os.OPENSTACK }),
    }),
  "openstack.Administration": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.Administration(scope, id, { administrators: [draw.office()] });
  },
  "openstack.Flavor": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.Flavor(scope, id, { name: name(draw), ...draw.some({ cloud: () => os.OPENSTACK }) });
  },
  "openstack.Image": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.Image(scope, id, {
      name: draw.one(
        () => os.ImageName.newest(draw.text("Ubuntu Server 22.04", "ubuntu-*", "x$")),
        () => os.ImageName.exactly(draw.prose()),
      ),
      ...draw.some({ visibility: () => draw.among("public" as const, "private" as const), cloud: () => os.OPENSTACK }),
    });
  },
  "openstack.KeyPair": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.KeyPair(scope, id, {
      publicKey: draw.text(KEY),
      ...draw.some({ name: () => draw.text(/^[A-Za-z0-9-]{1,20}$/) }),
    });
  },
  "openstack.ServerGroup": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.ServerGroup(
      scope,
      id,
      draw.some({
        name: () => name(draw),
        placement: () =>
          draw.one(
            () => os.Placement.apart(),
            () => os.Placement.togetherIfPossible(),
          ),
      }),
    );
  },
  "openstack.Instance": (scope, draw, id) => machine(scope, draw, id),
  "openstack.Volume": (scope, draw, id) =>
    new os.Volume(scope, id, {
      size: draw.gibibytes(1, 500),
      machine: machine(scope, draw, fresh(scope, "Machine")),
      ...draw.some({
        type: () => name(draw),
        zone: () => draw.text("nova"),
        isProtected: () => draw.flag(),
        name: () => name(draw),
        cloud: () => os.OPENSTACK,
      }),
    }),
  "openstack.BastionHost": (scope, draw, id) => {
    const { external, publicSubnet, flavor, image, keyPair } = openstackMachine(scope);
    return new os.BastionHost(scope, id, {
      ...draw.one(
        () => ({ external }),
        () => ({ floatingIp: floatingIp(scope, draw) }),
      ),
      subnet: publicSubnet,
      securityGroup: group(scope, draw),
      flavor,
      image,
      keyPair,
      ...draw.some({
        fixedAddress: () => draw.text("172.31.16.9", "172.31.16.0"),
        name: () => hostName(draw),
        rootDisk: () => disk(draw),
        zone: () => draw.text("nova"),
      }),
    });
  },
  "openstack.LoadBalancer": (scope, draw, id) => {
    const { publicSubnet, privateSubnet } = openstackNetwork(scope);
    const balancer = new os.LoadBalancer(scope, id, {
      subnet: publicSubnet,
      ...draw.some({
        fixedAddress: () => draw.text("172.31.16.9", "172.31.16.255"),
        floatingIp: () => floatingIp(scope, draw),
        securityGroups: () => [group(scope, draw)],
      }),
    });
    for (const listener of draw.list(() => draw.text(/^[a-z]{2,9}(\/b|--b)?$/), 2))
      balancer.addListener(listener, {
        port: draw.number(1, 65_535),
        targets: draw.list(
          () => ({
            name: hostName(draw),
            fixedAddress: draw.among(draw.text("172.31.0.9"), `172.31.0.${draw.number(10, 99)}`),
          }),
          2,
          1,
        ),
        ...draw.some({
          targetSubnet: () => privateSubnet,
          targetPort: () => draw.number(1, 65_535),
          protocol: () => draw.among("TCP" as const, "HTTP" as const),
          healthCheck: () => {
            const times = draw.some({ interval: () => draw.seconds(6, 60), timeout: () => draw.seconds(1, 5) });
            return draw.one(
              () => os.HealthCheck.tcp(times),
              () => os.HealthCheck.http(draw.text("/healthz", "x"), times),
            );
          },
        }),
      });
  },
  "openstack.ProjectQuota": (scope, draw, id) => {
    openstackNetwork(scope);
    return new os.ProjectQuota(scope, id, {
      ...os.ProjectQuota.DEFAULTS,
      ...draw.some({
        ...Object.fromEntries(
          ["machines", "vCpus", "volumes", "floatingIps", "networks", "subnets", "ports", "routers", "securityGroups"]
            .concat("securityGroupRules", "keyPairs", "serverGroups", "loadBalancers")
            .map((kind) => [kind, () => draw.number(1, 100)]),
        ),
        memory: () => draw.gibibytes(1, 100),
        volumeStorage: () => draw.gibibytes(1, 100),
        flavors: () => ({}),
      }),
    });
  },
};

/** A block that further generators use. */
export const LAB = Cidr.parse("192.168.7.0/24");
