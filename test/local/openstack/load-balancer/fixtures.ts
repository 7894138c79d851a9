import type { NhnClient, StandardClient } from "../support";
import { network, publicSubnet } from "../fixtures";

/** A load balancer that is ready. */
export async function balancer(openstack: StandardClient): Promise<string> {
  const { subnet: vip_subnet_id } = await network(openstack);
  const { id } = await openstack.make("loadBalancer", "/v2.0/lbaas/loadbalancers", {
    loadbalancer: { name: "api", vip_subnet_id },
  });
  await pollStatus(openstack, id);
  return id;
}

/** Waits for a load balancer; answers how it was before that. */
export async function pollStatus(openstack: StandardClient, id: string): Promise<unknown> {
  return (await openstack.show("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}`))["provisioning_status"];
}

/** A load balancer that listens, ready. */
export async function balancerWithListener(openstack: StandardClient): Promise<Record<"balancer" | "listener", string>> {
  const loadbalancer_id = await balancer(openstack);
  const listener = await openstack.make("loadBalancer", "/v2.0/lbaas/listeners", {
    listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443 },
  });
  await pollStatus(openstack, loadbalancer_id);
  return { balancer: loadbalancer_id, listener: listener.id };
}

/** A load balancer that listens for a pool, ready. */
export async function balancerWithPool(openstack: StandardClient): Promise<Record<"balancer" | "listener" | "pool", string>> {
  const topology = await balancerWithListener(openstack);
  const pool = await openstack.make("loadBalancer", "/v2.0/lbaas/pools", {
    pool: { listener_id: topology.listener, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" },
  });
  await pollStatus(openstack, topology.balancer);
  return { ...topology, pool: pool.id };
}

/** A load balancer of NHN Cloud in a public subnet, ready. */
export async function nhnBalancer(
  nhn: NhnClient,
  vip_address?: string,
): Promise<Record<"vpc" | "subnet" | "table" | "gateway" | "balancer" | "port", string>> {
  const topology = await publicSubnet(nhn);
  const loadbalancer = { vip_subnet_id: topology.subnet, ...(vip_address === undefined ? {} : { vip_address }) };
  const created = await nhn.make("network", "/v2.0/lbaas/loadbalancers", { loadbalancer });
  await nhnPollStatus(nhn, created.id);
  return { ...topology, balancer: created.id, port: String(created["vip_port_id"]) };
}

/** Waits for a load balancer of NHN Cloud; answers how it was before that. */
export async function nhnPollStatus(nhn: NhnClient, id: string): Promise<unknown> {
  return (await nhn.show("network", `/v2.0/lbaas/loadbalancers/${id}`))["provisioning_status"];
}

/** One that listens for a pool, ready. */
export async function nhnBalancerWithPool(
  nhn: NhnClient,
): Promise<Record<"subnet" | "balancer" | "listener" | "pool" | "members", string>> {
  const { balancer: loadbalancer_id, subnet } = await nhnBalancer(nhn);
  const listener = await nhn.make("network", "/v2.0/lbaas/listeners", {
    listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443 },
  });
  await nhnPollStatus(nhn, loadbalancer_id);
  const pool = await nhn.make("network", "/v2.0/lbaas/pools", {
    pool: { listener_id: listener.id, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" },
  });
  await nhnPollStatus(nhn, loadbalancer_id);
  const members = `/v2.0/lbaas/pools/${pool.id}/members`;
  return { subnet, balancer: loadbalancer_id, listener: listener.id, pool: pool.id, members };
}
