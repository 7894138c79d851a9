import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Cpu } from "@groundwork/constructs/kubernetes/workload/cpu";
import { Exposure } from "@groundwork/constructs/kubernetes/workload/exposure";
import { Health } from "@groundwork/constructs/kubernetes/workload/health";
import { type Manifest, manifestsOf } from "@groundwork/constructs/kubernetes/manifest/manifest";
import { Replicas } from "@groundwork/constructs/kubernetes/scaling/replicas";
import { Resources } from "@groundwork/constructs/kubernetes/workload/resources";
import { ServicePort } from "@groundwork/constructs/kubernetes/workload/service-port";
import { WebService, type WebServiceProps } from "@groundwork/constructs/kubernetes/workload/web-service";
import { TerraformStack, Testing } from "cdktf";
import { testApp } from "./fixture";

/** A stack named `test` with the providers that in-cluster constructs need. */
export function clusterStack(): TerraformStack {
  const stack = new TerraformStack(testApp(), "test");
  new KubernetesProvider(stack, "kubernetes");
  new HelmProvider(stack, "helm");
  return stack;
}

/** The API objects of a stack. */
export function manifests(stack: TerraformStack): readonly Manifest[] {
  return manifestsOf(Testing.synth(stack, true));
}

/** The only API object of a kind in a stack, or its value at a path such as `spec.ports.0`. */
export function objectOf(stack: TerraformStack, kind: string, path = ""): unknown {
  const [only, ...others] = manifests(stack).filter((manifest) => manifest.kind === kind);
  if (only === undefined || others.length > 0)
    throw new Error(`expected one ${kind}, found ${only === undefined ? 0 : others.length + 1}`);
  return path
    .split(".")
    .filter((step) => step !== "")
    .reduce((part: unknown, step) => (part as Record<string, unknown> | undefined)?.[step], only.object);
}

/** A minimal service that can be scaled and be the backend of an ingress. */
export function webService(
  stack: TerraformStack,
  props: Partial<WebServiceProps> = {},
  // Ids of constructs begin with a letter; names of objects may begin with a digit.
  id = (props.name ?? "Web").replace(/^(?=\d)/, "n"),
): WebService {
  return new WebService(stack, id, {
    name: "web",
    image: "registry.example.com/web:1.4.0",
    port: ServicePort.of({ service: 80, container: 8080 }),
    replicas: Replicas.fixed(3),
    health: Health.at("/healthz"),
    resources: Resources.of({ requests: { cpu: Cpu.millicores(250) } }),
    exposure: Exposure.inCluster(),
    ...props,
  });
}
