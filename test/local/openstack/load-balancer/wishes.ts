import type { StandardClient } from "../support";
import { network } from "../wishes";

/** A load balancer that is ready. */
export async function balancer(openstack: StandardClient): Promise<string> {
  const { subnet: vip_subnet_id } = await network(openstack);
  const { id } = await openstack.make("loadBalancer", "/v2.0/lbaas/loadbalancers", {
    loadbalancer: { name: "api", vip_subnet_id },
  });
  await settled(openstack, id);
  return id;
}

/** Waits for a load balancer; answers how it was before that. */
export async function settled(openstack: StandardClient, id: string): Promise<unknown> {
  return (await openstack.see("loadBalancer", `/v2.0/lbaas/loadbalancers/${id}`))["provisioning_status"];
}

/** A load balancer that listens, ready. */
export async function listening(openstack: StandardClient): Promise<Record<"balancer" | "listener", string>> {
  const loadbalancer_id = await balancer(openstack);
  const listener = await openstack.make("loadBalancer", "/v2.0/lbaas/listeners", {
    listener: { loadbalancer_id, protocol: "TCP", protocol_port: 6443 },
  });
  await settled(openstack, loadbalancer_id);
  return { balancer: loadbalancer_id, listener: listener.id };
}

/** A load balancer that listens for a pool, ready. */
export async function pooled(openstack: StandardClient): Promise<Record<"balancer" | "listener" | "pool", string>> {
  const place = await listening(openstack);
  const pool = await openstack.make("loadBalancer", "/v2.0/lbaas/pools", {
    pool: { listener_id: place.listener, protocol: "TCP", lb_algorithm: "ROUND_ROBIN" },
  });
  await settled(openstack, place.balancer);
  return { ...place, pool: pool.id };
}
