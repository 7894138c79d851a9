import { Name } from "../core/name";
import { isToken } from "../core/token";
import type { Place } from "../core/violation";
import { Violations } from "../core/violation";
import { OBJECT_NAME } from "../kubernetes/names";
import { isNodePort } from "../kubernetes/node-ports";
import { Replicas } from "../kubernetes/replicas";
import { ServicePort } from "../kubernetes/service-port";
import { INGRESS_NODE_PORTS } from "./cluster-listeners";
import { KPS030, KPS031 } from "./rules";

/** What a sample workload is. Nothing has to be said: the defaults are the lab's. */
export interface WorkloadProps {
  /** Beginning of the names `<name>-deployment` and `<name>-service`. @default "nginx" */
  readonly name?: string;
  /** Label `app` of the pods, and name of the container. Two workloads of a namespace need two. @default "nginx" */
  readonly app?: string;
  /** @default "nginx:1.14.2", the lab's, which gets no security fixes any more */
  readonly image?: string;
  /** @default 3 */
  readonly replicas?: number;
  /** Port of every node, 30000 to 32767. @default 30087 */
  readonly nodePort?: number;
  /** @default "default", the only one without the network policy that Kyverno gives to namespaces */
  readonly namespace?: string;
}

/** Everything that is known about a web workload: what both the construct and the manifest are made from. */
export interface WorkloadValues {
  readonly deploymentName: string;
  readonly serviceName: string;
  readonly app: string;
  readonly image: string;
  readonly replicas: Replicas;
  readonly port: ServicePort;
  readonly nodePort: number;
  readonly namespace: string;
}

/** The values of a workload, refused where they are wrong. */
export function workloadValues(props: WorkloadProps, at: Place): WorkloadValues {
  const { name = "nginx", app = "nginx", image = "nginx:1.14.2", nodePort = 30087, namespace = "default" } = props;
  const names = { deploymentName: `${name}-deployment`, serviceName: `${name}-service`, app, namespace };
  for (const one of Object.values(names)) Name.check(one, OBJECT_NAME, at);
  const replicas = Replicas.fixed(props.replicas ?? 3);
  Violations.throwIfAny(replicas.violations(at));
  checkImage(image, at);
  checkNodePort(nodePort, at);
  return { ...names, image, replicas, nodePort, port: ServicePort.byNumber({ service: 80, container: 80 }) };
}

/** Refuses what no Service gets as its port of every node, and what the ingress has. */
export function checkNodePort(nodePort: number, at?: Place): void {
  if (!isNodePort(nodePort))
    throw KPS030.violation({ at, given: `node port ${nodePort}`, fix: "use a port from 30000 to 32767" });
  if (INGRESS_NODE_PORTS.includes(nodePort))
    throw KPS030.violation({
      at,
      given: `node port ${nodePort}, the ingress'`,
      fix: `use another one than ${INGRESS_NODE_PORTS.join(" and ")}`,
    });
}

function checkImage(image: string, at: Place): void {
  if (isToken(image) || /^[a-z0-9][\w.:/@-]*$/.test(image)) return;
  throw KPS031.violation({ at, given: `image "${image}"`, fix: "write it such as nginx:1.14.2" });
}
