import { Name } from "../../core/name";
import { isToken, literalOf } from "../../core/token";
import { type Location, Violations } from "../../core/violation";
import { OBJECT_NAMES } from "../../kubernetes/names";
import { Replicas } from "../../kubernetes/scaling/replicas";
import { isNodePort } from "../../kubernetes/workload/node-ports";
import { ServicePort } from "../../kubernetes/workload/service-port";
import { INGRESS_NODE_PORTS } from "../plan/cluster-listeners";
import { KPS030, KPS031 } from "../rules";

/** A sample workload. The defaults are the values of the lab. */
export interface WorkloadProps {
  /** Prefix of the names `<name>-deployment` and `<name>-service`. @default "nginx" */
  readonly name?: string;
  /** Label `app` of the pods and name of the container; unique within a namespace. @default "nginx" */
  readonly app?: string;
  /** Image. @default "nginx:1.14.2", the image of the lab, which no longer gets security fixes */
  readonly image?: string;
  /** Number of pods. @default 3 */
  readonly replicas?: number;
  /** Port of every node, 30000 to 32767, except 31080 and 31443, which the ingress uses. @default 30087 */
  readonly nodePort?: number;
  /** Namespace. @default "default", the only namespace without a network policy of Kyverno */
  readonly namespace?: string;
}

/** Validated values of a web workload, from which both the construct and the manifest are created. */
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

/** Validates the properties of a workload and adds the defaults. */
export function workloadValues(props: WorkloadProps, at: Location): WorkloadValues {
  const { name = "nginx", app = "nginx", image = "nginx:1.14.2", nodePort = 30087, namespace = "default" } = props;
  const names = { deploymentName: `${name}-deployment`, serviceName: `${name}-service`, app, namespace };
  Name.check(names.deploymentName, OBJECT_NAMES.deployment, at);
  Name.check(names.serviceName, OBJECT_NAMES.service, at);
  Name.check(app, OBJECT_NAMES.container, at);
  Name.check(namespace, OBJECT_NAMES.namespace, at);
  const replicas = Replicas.fixed(props.replicas ?? 3);
  Violations.throwIfAny(replicas.violations(at));
  checkImage(image, at);
  checkNodePort(nodePort, at);
  return { ...names, image, replicas, nodePort, port: ServicePort.byNumber({ service: 80, container: 80 }) };
}

/** Rejects a port outside of the range of node ports, and the node ports of the ingress. */
export function checkNodePort(nodePort: number, at?: Location): void {
  if (!isNodePort(nodePort))
    throw KPS030.violation({ at, given: `node port ${nodePort}`, fix: "use a port from 30000 to 32767" });
  if (INGRESS_NODE_PORTS.includes(nodePort))
    throw KPS030.violation({
      at,
      given: `node port ${nodePort}, which the ingress uses`,
      fix: `use a port other than ${INGRESS_NODE_PORTS.join(" and ")}`,
    });
}

/** Rejects an image whose known part is not that of a reference: registry, name, tag and digest. */
export function checkImage(image: string, at: Location): void {
  const literal = literalOf(image);
  if (isToken(image) ? /^[\w.:/@-]*$/.test(literal) : /^[a-z0-9][\w.:/@-]*$/.test(literal)) return;
  throw KPS031.violation({
    at,
    given: `image ${JSON.stringify(image.slice(0, 100))}`,
    fix: "write an image such as nginx:1.14.2",
  });
}
