import { createHash } from "node:crypto";

/** Name of the load balancer, and of its security group, of a group of Ingresses: as the controller names it. */
export function groupResourceName(group: GroupId, ...hashed: readonly string[]): string {
  const hash = hashOf(...hashed);
  return group.isExplicit
    ? `k8s-${part(group.name, 17)}-${hash}`
    : `k8s-${part(group.namespace, 8)}-${part(group.name, 8)}-${hash}`;
}

/** Name of a target group. */
export function targetGroupName(namespace: string, service: string, ...hashed: readonly string[]): string {
  return `k8s-${part(namespace, 8)}-${part(service, 8)}-${hashOf(...hashed)}`;
}

/** Name of the security group that all load balancers of a cluster have, and that nodes and pods admit. */
export function backendGroupName(cluster: string): string {
  return `k8s-traffic-${part(cluster, 232)}-${hashOf(cluster)}`;
}

/** A group of Ingresses with one load balancer; an Ingress without the annotation is a group of its own. */
export interface GroupId {
  readonly isExplicit: boolean;
  /** Empty for an explicit group. */
  readonly namespace: string;
  /** Name of the explicit group, else of the Ingress. */
  readonly name: string;
}

/** The tag `ingress.k8s.aws/stack` of a group. */
export function stackOf({ isExplicit, namespace, name }: GroupId): string {
  return isExplicit ? name : `${namespace}/${name}`;
}

/** The finalizer of the members of a group. */
export function finalizerOf({ isExplicit, name }: GroupId): string {
  return isExplicit ? `${EXPLICIT_FINALIZER}${name}` : IMPLICIT_FINALIZER;
}

/** Finalizer of an Ingress without a group, and beginning of that of a member. */
export const IMPLICIT_FINALIZER = "ingress.k8s.aws/resources";
export const EXPLICIT_FINALIZER = "group.ingress.k8s.aws/";

function part(text: string, length: number): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, length);
}

function hashOf(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("")).digest("hex").slice(0, 10);
}
