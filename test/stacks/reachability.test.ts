import { Network } from "@groundwork/constructs/aws/network/network";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import type { TerraformStack } from "cdktf";
import { app, platformOf, stackOf } from "../support/stacks";

const INTERNET = Peer.internet();

/** The network of a stack. */
function networkOf(stack: TerraformStack): Network {
  const network = stack.node.findChild("Network");
  if (!Network.isNetwork(network)) throw new Error(`${stack.node.id} has no network of ours`);
  return network;
}

/** Subnets of a tier kind. */
function subnetsOf(stack: TerraformStack, kind: string): ReturnType<Network["subnetsOf"]> {
  const network = networkOf(stack);
  return network.tiers.filter((tier) => tier.kind === kind).flatMap((tier) => network.subnetsOf(tier));
}

describe.each(["lab-eks", "production-eks", "local-eks"])("%s", (id) => {
  const stack = stackOf(id);
  const traffic = reachability(stack);
  const cluster = stack.node.findChild("Cluster");

  test("gives private subnets egress through NAT and no ingress", () => {
    const subnets = subnetsOf(stack, "private");
    expect(subnets.length).toBeGreaterThan(1);
    for (const subnet of subnets) {
      const out = traffic.from(subnet).to(INTERNET, Port.HTTPS);
      expect(out.toString()).toContain("NAT gateway");
      expect(out.verdict).toBe("passes");
      expect(traffic.from(INTERNET).to(subnet, Port.ALL).verdict).toBe("blocked");
    }
  });

  test("admits web traffic to public subnets as far as security groups allow, and no administration", () => {
    for (const subnet of subnetsOf(stack, "public")) {
      expect(traffic.from(INTERNET).to(subnet, Port.HTTPS).verdict).toBe("passes");
      expect(traffic.from(INTERNET).to(subnet, Port.SSH).verdict).toBe("blocked");
      expect(traffic.from(subnet).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
    }
  });

  test("lets nodes reach each other and the internet; the internet reaches no node", () => {
    expect(traffic.from(cluster).to(cluster, Port.ALL).verdict).toBe("passes");
    expect(traffic.from(cluster).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
    expect(traffic.from(INTERNET).to(cluster, Port.ALL).verdict).toBe("blocked");
  });
});

describe("lab-gitlab", () => {
  const stack = stackOf("lab-gitlab");
  const traffic = reachability(stack);
  const [server, runner] = ["Server", "Runner"].map((id) => stack.node.findChild(id));
  if (server === undefined || runner === undefined) throw new Error("the stack has two machines");

  test("exposes its web pages and no administration port to the internet", () => {
    const from = traffic.from(INTERNET);
    for (const port of [Port.HTTP, Port.HTTPS]) expect(from.to(server, port).verdict).toBe("passes");
    expect(from.to(server, Port.SSH).verdict).toBe("blocked");
    expect(from.to(runner, Port.ALL).verdict).toBe("blocked");
  });

  test("lets the runner reach the server, and both reach the internet", () => {
    expect(traffic.from(runner).to(server, Port.HTTP).verdict).toBe("passes");
    for (const machine of [server, runner])
      expect(traffic.from(machine).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
  });
});

describe("production-gitlab", () => {
  const stack = stackOf("production-gitlab");

  test("exposes its web pages to the internet and no administration port", () => {
    const from = reachability(stack).from(INTERNET);
    for (const port of [Port.HTTP, Port.HTTPS])
      expect(from.to(stack.node.findChild("Server"), port).verdict).toBe("passes");
    for (const id of ["Server", "Runner"]) expect(from.to(stack.node.findChild(id), Port.SSH).verdict).toBe("blocked");
  });
});

const OFFICE = Peer.ipv4("203.0.113.0/24");
const STRANGERS = Peer.ipv4("198.51.100.0/24");

/** A1's traffic flows, and administration, on both clouds that have the two-tier network. */
describe.each(["lab-nhn", "lab-openstack", "local-nhn", "local-openstack"])("%s", (id) => {
  const stack = stackOf(id);
  const traffic = reachability(stack);
  const { installHost, machine } = machinesOf(stack);
  const [worker, nfs] = [machine("worker1"), machine("nfs1")];

  test("lets the internet reach the public machine on open ports only", () => {
    const from = traffic.from(INTERNET);
    for (const port of [Port.HTTP, Port.HTTPS, Port.tcp(30087)])
      expect(from.to(installHost, port).verdict).toBe("passes");
    for (const port of [Port.tcp(6443), Port.tcp(2379), Port.tcp(7022)])
      expect(from.to(installHost, port).verdict).toBe("blocked");
  });

  test("gives private machines egress with return traffic", () => {
    for (const one of [worker, nfs]) expect(traffic.from(one).to(INTERNET, Port.HTTPS).verdict).toBe("passes");
  });

  test("admits no traffic from the internet to private machines", () => {
    for (const one of [worker, nfs]) expect(traffic.from(INTERNET).to(one, Port.ALL).verdict).toBe("blocked");
  });

  test("lets administrators reach private machines through the public one only", () => {
    expect(traffic.from(OFFICE).to(installHost, Port.SSH).verdict).toBe("passes");
    expect(traffic.from(STRANGERS).to(installHost, Port.SSH).verdict).toBe("blocked");
    for (const one of [worker, nfs]) {
      expect(traffic.from(OFFICE).to(one, Port.SSH).verdict).toBe("blocked");
      expect(traffic.from(installHost).to(one, Port.SSH).verdict).toBe("passes");
    }
  });

  test("lets nodes reach the NFS server, and the installer reach its nodes", () => {
    for (const node of [worker, installHost]) expect(traffic.from(node).to(nfs, Port.tcp(2049)).verdict).toBe("passes");
    expect(traffic.from(worker).to(installHost, Port.tcp(6443)).verdict).toBe("passes");
    expect(traffic.from(nfs).to(installHost, Port.tcp(6443)).verdict).toBe("blocked");
  });
});

describe.each(["production-nhn", "production-openstack"])("%s", (id) => {
  const stack = stackOf(id);
  const traffic = reachability(stack);
  const { cluster, machine } = machinesOf(stack);
  const bastion = stack.node.findChild("Platform").node.findChild("BastionHost").node.findChild("Default");

  test("exposes no machine of the platform to the internet, and the bastion to administrators only", () => {
    for (const one of cluster.machines) expect(traffic.from(INTERNET).to(one, Port.ALL).verdict).toBe("blocked");
    expect(traffic.from(STRANGERS).to(bastion, Port.SSH).verdict).toBe("blocked");
    expect(traffic.from(OFFICE).to(bastion, Port.SSH).verdict).toBe("passes");
  });

  test("lets administrators reach every machine and the API through the bastion", () => {
    for (const one of cluster.machines) expect(traffic.from(bastion).to(one, Port.SSH).verdict).toBe("passes");
    expect(traffic.from(bastion).to(machine("cluster2"), Port.tcp(6443)).verdict).toBe("passes");
    expect(traffic.from(bastion).to(machine("worker1"), Port.tcp(6443)).verdict).toBe("blocked");
  });
});

test("stacks of one app are distinguished although their resources have the same names", () => {
  const question = (scope: Parameters<typeof reachability>[0], id: string) =>
    reachability(scope)
      .from(INTERNET)
      .to(networkOf(stackOf(id)), Port.HTTPS)
      .toString();
  for (const id of ["lab-eks", "local-eks"]) expect(question(app, id)).toBe(question(stackOf(id), id));
});

/** The platform's machines in a stack. */
function machinesOf(stack: TerraformStack) {
  const { cluster } = platformOf(stack);
  const machine = (noun: string) => {
    const found = cluster.machines.find(({ name }) => name.endsWith(`-${noun}`));
    if (found === undefined) throw new Error(`${stack.node.id} has no ${noun}`);
    return found;
  };
  return { cluster, machine, installHost: cluster.installHost };
}
