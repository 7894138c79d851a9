import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeNetwork } from "./network";
import { field, idOf, type Probe, showing, UNKNOWN_ID } from "./probe";

const LBAAS = "/v2.0/lbaas";
const post = (path: string) => ["POST", "load-balancer", `${LBAAS}/${path}`] as const;

/** Load balancers with their listeners, pools, members and health monitors. */
export async function probeLoadBalancers(probe: Probe, { subnet }: ProbeNetwork): Promise<void> {
  await probe.ask("balancer in an unknown subnet", post("loadbalancers"), {
    loadbalancer: { vip_subnet_id: UNKNOWN_ID },
  });
  await probe.ask("balancer at an address in use", post("loadbalancers"), {
    loadbalancer: { vip_subnet_id: subnet, vip_address: "10.9.0.10" },
  });
  const created = await probe.ask(
    "balancer",
    post("loadbalancers"),
    { loadbalancer: { name: "probe", vip_subnet_id: subnet } },
    showing("loadbalancer.provisioning_status", "loadbalancer.operating_status"),
  );
  const balancer = idOf(created, "loadbalancer");
  await probe.ask("listener of a pending balancer", post("listeners"), {
    listener: { loadbalancer_id: balancer, protocol: "TCP", protocol_port: 80 },
  });
  const listener = await listeners(probe, balancer);
  const pool = await pools(probe, balancer, listener);
  await members(probe, { balancer, pool, subnet });
  await monitors(probe, balancer, pool);
  await deletions(probe, balancer);
}

async function listeners(probe: Probe, balancer: string): Promise<string> {
  const create = async (name: string, properties: object) => {
    await settled(probe, balancer);
    return probe.ask(
      `listener ${name}`,
      post("listeners"),
      { listener: { loadbalancer_id: balancer, protocol: "TCP", protocol_port: 80, ...properties } },
      showing("listener.connection_limit", "listener.timeout_client_data"),
    );
  };
  const listener = idOf(await create("", {}), "listener");
  await create("on the same port", {});
  await create("for UDP on the same port", { protocol: "UDP" });
  await create("with an unknown protocol", { protocol: "IPX", protocol_port: 81 });
  await create("on port 0", { protocol_port: 0 });
  await create("of an unknown balancer", { loadbalancer_id: UNKNOWN_ID, protocol_port: 82 });
  return listener;
}

async function pools(probe: Probe, balancer: string, listener: string): Promise<string> {
  const create = async (name: string, properties: object) => {
    await settled(probe, balancer);
    return probe.ask(`pool ${name}`, post("pools"), {
      pool: { listener_id: listener, protocol: "TCP", lb_algorithm: "ROUND_ROBIN", ...properties },
    });
  };
  const pool = idOf(await create("", {}), "pool");
  await create("as second one of a listener", {});
  await create("with an unknown algorithm", {
    listener_id: undefined,
    loadbalancer_id: balancer,
    lb_algorithm: "DICE",
  });
  return pool;
}

interface Members {
  readonly balancer: string;
  readonly pool: string;
  readonly subnet: string;
}

async function members(probe: Probe, { balancer, pool, subnet }: Members): Promise<void> {
  const create = async (name: string, properties: object) => {
    await settled(probe, balancer);
    return probe.ask(
      `member ${name}`,
      post(`pools/${pool}/members`),
      { member: { address: "10.9.0.10", protocol_port: 80, subnet_id: subnet, ...properties } },
      showing("member.operating_status", "member.weight"),
    );
  };
  await create("", {});
  await create("twice", {});
  await create("in an unknown subnet", { address: "10.9.0.12", subnet_id: UNKNOWN_ID });
  await create("without an address", { address: "host" });
}

async function monitors(probe: Probe, balancer: string, pool: string): Promise<void> {
  const create = async (name: string, properties: object) => {
    await settled(probe, balancer);
    return probe.ask(`monitor ${name}`, post("healthmonitors"), {
      healthmonitor: { pool_id: pool, type: "TCP", delay: 5, timeout: 4, max_retries: 3, ...properties },
    });
  };
  await create("with 11 retries", { max_retries: 11 });
  await create("with a timeout above its interval", { timeout: 10 });
  await create("as second one of a pool", {});
}

async function deletions(probe: Probe, balancer: string): Promise<void> {
  const vip = field(await settled(probe, balancer), "loadbalancer.vip_port_id");
  await probe.ask("balancer deleted without its listeners", [
    "DELETE",
    "load-balancer",
    `${LBAAS}/loadbalancers/${balancer}`,
  ]);
  await probe.ask("balancer deleted with its listeners", [
    "DELETE",
    "load-balancer",
    `${LBAAS}/loadbalancers/${balancer}?cascade=true`,
  ]);
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const body = await probe.send("GET", "load-balancer", `${LBAAS}/loadbalancers/${balancer}`);
    const status = field(body, "loadbalancer.provisioning_status");
    if (status === undefined || status === "DELETED") break;
    await sleep(500);
  }
  await probe.ask("balancer afterwards", ["GET", "load-balancer", `${LBAAS}/loadbalancers/${balancer}`]);
  await probe.ask("port of a deleted balancer", ["GET", "network", `/v2.0/ports/${String(vip)}`]);
}

/** Waits until a load balancer accepts changes. */
async function settled(probe: Probe, balancer: string): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 0; ; attempt += 1) {
    const body = await probe.send("GET", "load-balancer", `${LBAAS}/loadbalancers/${balancer}`);
    const status = field(body, "loadbalancer.provisioning_status");
    if (typeof status !== "string" || !status.startsWith("PENDING") || attempt > 60) return body;
    await sleep(500);
  }
}
