import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Duration, Size } from "@groundwork/constructs/core";
import * as k8s from "@groundwork/constructs/kubernetes";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new KubernetesProvider(stack, "kubernetes");

// 20,000 requests, 1,000 at once, to the Flask service of the lab: its pod autoscaler adds pods, up to five.
new k8s.Job(stack, "Requests", {
  name: "requests",
  image: "httpd:2.4",
  command: ["ab", "-r", "-n", "20000", "-c", "1000", "http://demo-flask-backend:8080/contents/aws"],
  resources: k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(500), memory: Size.mebibytes(256) } }),
  security: k8s.PodSecurity.nonRoot({ user: 10_001 }),
  retries: 0,
  deadline: Duration.minutes(10),
  waitForCompletion: false,
});

// 100 pods of nginx, more than the 29 that an m5.large can hold on each of three nodes: the cluster autoscaler adds nodes, and removes them later.
new k8s.WebService(stack, "Nginx", {
  name: "nginx-load",
  image: "nginx:1.29.3",
  port: k8s.ServicePort.of({ service: 80, container: 80 }),
  replicas: k8s.Replicas.fixed(100),
  health: k8s.Health.at("/"),
  resources: k8s.Resources.of({ requests: { cpu: k8s.Cpu.millicores(50), memory: Size.mebibytes(64) } }),
  security: k8s.PodSecurity.root(),
  rollout: k8s.Rollout.rolling({ deadline: Duration.minutes(20) }),
});
app.synth();
