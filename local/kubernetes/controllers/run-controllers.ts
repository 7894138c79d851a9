import { type ApiAccess, KubernetesApi } from "../api";
import { ProgramProcess } from "../programs/program-processes";
import type { RealPrograms } from "../programs/real-programs";
import { Autoscaler } from "./autoscaler";
import { AwsAccount } from "./aws-account";
import { type Controller, run } from "./controller";
import { Instances } from "./instance-nodes";
import { LoadBalancerController } from "./load-balancer/controller";
import { Metrics } from "./metrics";
import { Nodes } from "./nodes";
import { PodAddresses } from "./pod-addresses";

/** What connects a cluster to AWS. */
export interface ControllersProps {
  readonly access: ApiAccess;
  /** Directory of the cluster. */
  readonly directory: string;
  readonly kubeconfig: string;
  /** Endpoint of the emulated AWS. */
  readonly endpoint: string;
  /** Programs that are started instead of their stand-ins. */
  readonly programs: RealPrograms;
  readonly log: (line: string) => void;
  /** Ends them. */
  readonly abort: AbortSignal;
}

/** Runs the controllers that connect a cluster to AWS until the signal is aborted. A controller without a given program is a stand-in. */
export async function runControllers({ access, programs, log, abort, ...place }: ControllersProps): Promise<void> {
  const api = new KubernetesApi(access);
  const aws = new AwsAccount(place.endpoint);
  const instances = new Instances(aws);
  const realOr = (name: "aws-load-balancer-controller" | "cluster-autoscaler", standIn: Controller): Controller => {
    const path = programs.pathOf(name);
    return path === undefined ? standIn : new ProgramProcess(api, { name, path, ...place });
  };
  const controllers = [
    new Nodes(api, instances),
    new PodAddresses(api, aws, instances),
    realOr("aws-load-balancer-controller", new LoadBalancerController(api, aws, instances)),
    realOr("cluster-autoscaler", new Autoscaler(api, aws)),
    new Metrics(api, aws),
  ];
  await Promise.all(controllers.map((controller) => run(controller, log, abort)));
}
