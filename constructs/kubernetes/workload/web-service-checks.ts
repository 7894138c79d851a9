import { Name, type NameRule } from "../../core/name";
import { type Violation, Violations } from "../../core/violation";
import { annotationViolations, type Labels, selectorViolations } from "../labels";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB041 } from "./rules";
import { containerName, containerViolations } from "./container";
import { schedulingViolations } from "./scheduling";
import type { ServiceNames, WebService, WebServiceProps } from "./web-service";

/** Rejects names, labels, numbers and texts that the API server or the nodes would reject. */
export function checkWebService(props: WebServiceProps, names: ServiceNames, labels: Labels, at: WebService): void {
  checkNames(props, names, labels, at);
  Violations.throwIfAny([
    ...containerViolations(props, at),
    ...selectorViolations(labels, at),
    ...annotationViolations(props.podAnnotations ?? {}, at),
    ...schedulingViolations(props.nodeSelector ?? {}, props.tolerations ?? [], at),
    ...[props.port, props.replicas, props.health, props.exposure, props.shutdown, props.rollout].flatMap(
      (part) => part?.violations(at) ?? [],
    ),
    ...(props.disruption?.violations(props.replicas, at) ?? []),
    ...singlePodViolations(props, at),
  ]);
}

/** A volume that one pod may use cannot be mounted by a second one, which would wait for ever. */
function singlePodViolations({ volumes = {}, replicas }: WebServiceProps, at: WebService): Violation[] {
  const isSingle = !replicas.autoscaled && replicas.count === 1;
  return Object.values(volumes)
    .filter(({ claim }) => claim?.access === "ReadWriteOncePod" && !isSingle)
    .map(({ claim }) =>
      KUB041.violation({
        at,
        given: `claim ${claim?.claimName ?? ""} with ReadWriteOncePod, and several pods`,
        fix: "use Replicas.fixed(1), or another access mode",
      }),
    );
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
