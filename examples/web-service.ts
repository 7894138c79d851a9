import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Duration } from "@groundwork/constructs/core";
import * as kubernetes from "@groundwork/constructs/kubernetes";
import { App, TerraformStack } from "cdktf";

const { Cpu, Health, IngressGroup, Namespace, PodAutoscaler, Replicas, Resources, Rollout } = kubernetes;
const { ServicePort, Shutdown, WebService } = kubernetes;

const app = new App();
const stack = new TerraformStack(app, "example");
new KubernetesProvider(stack, "kubernetes", { configPath: "~/.kube/config" });

// New pods receive requests before old ones are removed.
const shop = new Namespace(stack, "Shop", { name: "shop", readinessGates: true });

const api = new WebService(stack, "Api", {
  name: "api",
  namespace: shop.namespaceName,
  image: "registry.example.com/api:1.4.0",
  port: ServicePort.of({ service: 80, container: 8080 }),
  replicas: Replicas.autoscaled({ initial: 3 }),
  health: Health.at("/healthz"),
  resources: Resources.of({ requests: { cpu: Cpu.millicores(250) } }),
  rollout: Rollout.rolling({ maxUnavailable: 0 }),
  shutdown: Shutdown.afterSleep({ drain: Duration.seconds(20), finish: Duration.seconds(30) }),
  dependsOn: [shop],
});
new PodAutoscaler(stack, "ApiAutoscaler", { target: api, min: 3, max: 12, cpuPercent: 60 });

const web = new IngressGroup(stack, "Web", { name: "shop", scheme: "internet-facing" });
web.add("Api", { name: "api", order: 1, path: "/api", service: api, deregistrationDelay: Duration.seconds(50) });

app.synth();
