import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Size } from "@groundwork/constructs/core";
import * as k8s from "@groundwork/constructs/kubernetes";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new KubernetesProvider(stack, "kubernetes");

// One team: a namespace with a quota, a role and a network policy, as the portal of K-PaaS creates it by hand.
const shop = new k8s.Project(stack, "Shop", {
  name: "shop",
  pods: "baseline",
  quota: k8s.Quota.of({ cpu: k8s.Cpu.cores(2), memory: Size.gibibytes(4), pods: 10, claims: 2 }),
  limits: k8s.ContainerLimits.of({
    requests: { cpu: k8s.Cpu.millicores(100), memory: Size.mebibytes(128) },
    limits: { memory: Size.mebibytes(256) },
  }),
  members: { edit: [k8s.Subject.group("shop-developers")], view: [k8s.Subject.group("support")] },
  traffic: k8s.ProjectTraffic.isolated({ namespaces: ["ingress-nginx"] }),
});
// A Deployment of five replicas; its containers get the defaults of the project.
new k8s.WebService(stack, "Web", {
  name: "web",
  namespace: shop.namespaceName,
  image: "nginx:1.29.3",
  port: k8s.ServicePort.of({ service: 80, container: 80 }),
  replicas: k8s.Replicas.fixed(5),
  health: k8s.Health.at("/"),
  resources: k8s.Resources.unbounded(),
  security: k8s.PodSecurity.root(),
  dependsOn: [shop],
});
app.synth();
