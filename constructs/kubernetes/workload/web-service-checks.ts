import { Name, type NameRule } from "../../core/name";
import { Violations } from "../../core/violation";
import { annotationViolations, type Labels, selectorViolations } from "../labels";
import { claimName, OBJECT_NAMES } from "../names";
import { containerName } from "./container";
import { environmentViolations } from "./environment";
import { imageViolations } from "./image";
import { schedulingViolations } from "./scheduling";
import type { ServiceNames, WebService, WebServiceProps } from "./web-service";

/** Rejects names, labels, numbers and texts that the API server or the nodes would reject. */
export function checkWebService(props: WebServiceProps, names: ServiceNames, labels: Labels, at: WebService): void {
  checkNames(props, names, labels, at);
  Violations.throwIfAny([
    ...imageViolations(props.image, at),
    ...selectorViolations(labels, at),
    ...annotationViolations(props.podAnnotations ?? {}, at),
    ...environmentViolations(props.environment ?? {}, props.environmentFrom ?? [], at),
    ...schedulingViolations(props.nodeSelector ?? {}, props.tolerations ?? [], at),
    ...[
      props.port,
      props.resources,
      props.replicas,
      props.health,
      props.exposure,
      props.shutdown,
      props.rollout,
    ].flatMap((part) => part?.violations(at) ?? []),
    ...(props.disruption?.violations(props.replicas, at) ?? []),
  ]);
}

function checkNames(props: WebServiceProps, names: ServiceNames, labels: Labels, at: WebService): void {
  const { name, serviceName, namespace } = names;
  Name.check(namespace, OBJECT_NAMES.namespace, at);
  Name.check(containerName(props, labels), OBJECT_NAMES.container, at);
  if (props.serviceAccount !== undefined) Name.check(props.serviceAccount, OBJECT_NAMES.serviceAccount, at);
  const created: [string, NameRule][] = [
    [name, OBJECT_NAMES.deployment],
    [serviceName, OBJECT_NAMES.service],
    [name, OBJECT_NAMES.disruptionBudget],
  ];
  for (const [object, rule] of created) claimName(object, rule, namespace, at);
}
