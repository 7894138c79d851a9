import { defined } from "../../core/defined";
import { derivedLabel, OBJECT_NAMES } from "../names";
import type { Labels } from "../labels";
import { renderEnvironment } from "./environment";
import { pullPolicyOf } from "./image";
import { PodSecurity } from "./pod-security";
import type { WebServiceProps } from "./web-service";
import type { Location } from "../../core/violation";

/** Name of a service's container: the given one, or one derived from the label `app` or the name. */
export function containerName({ containerName: given, name }: WebServiceProps, labels: Labels): string {
  return given ?? derivedLabel(labels["app"] ?? name, OBJECT_NAMES.container);
}

/** Arguments of the container of a service in the Terraform provider. */
export function renderContainer(props: WebServiceProps, labels: Labels, at: Location): { readonly name: string } {
  const {
    image,
    port,
    environment = {},
    environmentFrom = [],
    command,
    args,
    security = PodSecurity.nonRoot(),
  } = props;
  return {
    name: containerName(props, labels),
    image,
    ...defined({ imagePullPolicy: pullPolicyOf(image, props.pull, at), command, args }),
    ...renderEnvironment(environment, environmentFrom),
    port: [{ containerPort: port.container, ...defined({ name: port.name }) }],
    ...props.resources.render(),
    ...props.health.render(port),
    ...props.shutdown?.render(port).container,
    ...security.rendered.container,
  } as { name: string };
}
