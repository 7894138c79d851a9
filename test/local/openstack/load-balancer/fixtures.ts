import type { NhnClient, StandardClient } from "../support";
import { network, publicSubnet } from "../fixtures";

/** An active load balancer of standard OpenStack. */
export async function balancer(openstack: StandardClient): Promise<string> {
  const { subnet: vip_subnet_id } = await network(openstack);
  const { id } = await openstack.create("loadBalancer", "/v2.0/lbaas/loadbalancers", {
    loadbalancer: { name: "api", vip_subnet_id },
  });
  await pollStatus(openstack, id);
  return id;
}

/** Polls a load balancer and returns its status; a pending change takes effect after the poll. */
export async function pollStatus(openstack: StandardClient, id: string): Promise<unknown> {
  return (await openstack.show("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}`))["provisioning_status"];
}

/** An active load balancer with a listener. */
export async function balancerWithListener(
  openstack: StandardClient,
): Promise<Record<"balancer" | "listener", string>> {
  const loadbalancer_id = await balancer(openstack);
  const listener = await openstack.create("loadBalancer", "/v2.0/lbaas/listeners", {
    listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443 },
  });
  await pollStatus(openstack, loadbalancer_id);
  return { balancer: loadbalancer_id, listener: listener.id };
}

/** An active load balancer with a listener and a pool. */
export async function balancerWithPool(
  openstack: StandardClient,
): Promise<Record<"balancer" | "listener" | "pool", string>> {
  const topology = await balancerWithListener(openstack);
  const pool = await openstack.create("loadBalancer", "/v2.0/lbaas/pools", {
    pool: { listener_id: topology.listener, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" },
  });
  await pollStatus(openstack, topology.balancer);
  return { ...topology, pool: pool.id };
}

/** An active load balancer of NHN Cloud in a public subnet. */
export async function nhnBalancer(
  nhn: NhnClient,
  vip_address?: string,
): Promise<Record<"vpc" | "subnet" | "table" | "gateway" | "balancer" | "port", string>> {
  const topology = await publicSubnet(nhn);
  const loadbalancer = { vip_subnet_id: topology.subnet, ...(vip_address !== undefined && { vip_address }) };
  const created = await nhn.create("network", "/v2.0/lbaas/loadbalancers", { loadbalancer });
  await nhnPollStatus(nhn, created.id);
  return { ...topology, balancer: created.id, port: String(created["vip_port_id"]) };
}

/** Polls a load balancer of NHN Cloud and returns its status; a pending change takes effect after the poll. */
export async function nhnPollStatus(nhn: NhnClient, id: string): Promise<unknown> {
  return (await nhn.show("network", `/v2.0/lbaas/loadbalancers/${id}`))["provisioning_status"];
}

/** An active load balancer of NHN Cloud with a listener and a pool. */
export async function nhnBalancerWithPool(
  nhn: NhnClient,
): Promise<Record<"subnet" | "balancer" | "listener" | "pool" | "members", string>> {
  const { balancer: loadbalancer_id, subnet } = await nhnBalancer(nhn);
  const listener = await nhn.create("network", "/v2.0/lbaas/listeners", {
    listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443 },
  });
  await nhnPollStatus(nhn, loadbalancer_id);
  const pool = await nhn.create("network", "/v2.0/lbaas/pools", {
    pool: { listener_id: listener.id, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" },
  });
  await nhnPollStatus(nhn, loadbalancer_id);
  const members = `/v2.0/lbaas/pools/${pool.id}/members`;
  return { subnet, balancer: loadbalancer_id, listener: listener.id, pool: pool.id, members };
}
