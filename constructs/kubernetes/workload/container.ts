import { defined } from "../../core/defined";
import { derivedLabel, OBJECT_NAMES } from "../names";
import type { Labels } from "../labels";
import { type EnvironmentSource, environmentViolations, renderEnvironment } from "./environment";
import { imageViolations, type PullPolicy, pullPolicyOf } from "./image";
import { environmentOf, type PodUses, renderMounts, usesViolations } from "./pod-uses";
import type { Resources } from "./resources";
import type { WebServiceProps } from "./web-service";
import type { Location, Violation } from "../../core/violation";

/** Name of a service's container: the given one, or one derived from the label `app` or the name. */
export function containerName({ containerName: given, name }: WebServiceProps, labels: Labels): string {
  return given ?? derivedLabel(labels["app"] ?? name, OBJECT_NAMES.container);
}

/** Properties of containers of all workloads. */
export interface ContainerProps extends PodUses {
  readonly image: string;
  readonly resources: Resources;
  readonly pull?: PullPolicy;
  readonly environment?: Readonly<Record<string, string>>;
  readonly environmentFrom?: readonly EnvironmentSource[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** Arguments of the container of a service in the Terraform provider. */
export function renderContainer(props: WebServiceProps, labels: Labels, at: Location): { readonly name: string } {
  const { port } = props;
  return {
    name: containerName(props, labels),
    ...renderProgram(props, at),
    port: [{ containerPort: port.container, ...defined({ name: port.name }) }],
    ...props.health.render(port),
    ...props.shutdown?.render(port).container,
  } as { name: string };
}

/** Arguments of a container apart from its name and its port. */
export function renderProgram(props: ContainerProps, at: Location): Readonly<Record<string, unknown>> {
  const { image, environment = {}, environmentFrom = [], command, args } = props;
  return {
    image,
    ...defined({ imagePullPolicy: pullPolicyOf(image, props.pull, at), command, args }),
    ...renderEnvironment(environment, [...environmentFrom, ...environmentOf(props)]),
    ...props.resources.render(),
    ...renderMounts(props),
  };
}

/** Violations of a container apart from its name and its port. */
export function containerViolations(props: ContainerProps, at: Location): Violation[] {
  const settings = Object.fromEntries((props.settings?.names ?? []).map((name) => [name, ""]));
  return [
    ...imageViolations(props.image, at),
    ...environmentViolations({ ...settings, ...props.environment }, props.environmentFrom ?? [], at),
    ...props.resources.violations(at),
    ...usesViolations(props, at),
  ];
}
