import { type ApiAccess, KubernetesApi } from "../api";
import { Autoscaler } from "./autoscaler";
import { AwsAccount } from "./aws-account";
import { run } from "./controller";
import { LoadBalancerController } from "./load-balancer/controller";
import { Metrics } from "./metrics";
import { Nodes } from "./nodes";
import { PodAddresses } from "./pod-addresses";

/** Runs the stand-ins for everything that connects a cluster to AWS, until the process ends. */
export function runControllers(access: ApiAccess, endpoint: string, log: (line: string) => void): void {
  const api = new KubernetesApi(access);
  const aws = new AwsAccount(endpoint);
  const controllers = [
    new Nodes(api, aws),
    new PodAddresses(api, aws),
    new LoadBalancerController(api, aws),
    new Autoscaler(api, aws),
    new Metrics(api, aws),
  ];
  for (const controller of controllers) void run(controller, log);
}
