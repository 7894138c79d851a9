import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Name } from "../../core/name";
import type { Violation } from "../../core/violation";
import { Violations } from "../../core/violation";
import type { Cpu } from "../workload/cpu";
import { OBJECT_NAME } from "../names";
import type { Replicas } from "./replicas";
import { KUB010, KUB011, KUB012, KUB013 } from "../rules";

/** What an autoscaler has to know of the Deployment it scales. */
export interface ScaleTarget {
  readonly deploymentName: string;
  readonly namespace: string;
  readonly replicas: Replicas;
  /** What each pod requests; nothing when it requests none. */
  readonly requestedCpu: Cpu | undefined;
  /** The Deployment, where the stack makes it: its autoscaler is made after it and removed before it. */
  readonly fqn?: string;
}

/** Something whose number of pods can be changed: a `WebService`. */
export interface IScalable {
  readonly scaleTarget: ScaleTarget;
}

export interface PodAutoscalerProps {
  /** What is scaled. Its replicas are `Replicas.autoscaled()`, and it requests CPU. */
  readonly target: IScalable;
  /** Fewest pods. */
  readonly min: number;
  /** Most pods. */
  readonly max: number;
  /** CPU the pods are to use on average, in percent of what they request. */
  readonly cpuPercent: number;
  /** Name of the object. @default - the Deployment's with `-hpa` */
  readonly name?: string;
  /** What has to stand before: the metrics server, when it is in the same stack. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines between which bounds a service has as many pods as its load asks for.
 *
 * Creates a HorizontalPodAutoscaler (autoscaling/v2). It needs a metrics server in the cluster; without one it keeps to the
 * lower bound and scales no further. Free of charge by itself; the pods it adds may need nodes.
 *
 * @example new PodAutoscaler(this, "Autoscaler", { target: frontend, min: 2, max: 10, cpuPercent: 60 });
 */
export class PodAutoscaler extends Construct {
  readonly autoscalerName: string;

  constructor(scope: Construct, id: string, props: PodAutoscalerProps) {
    super(scope, id);
    const { deploymentName, namespace, fqn } = props.target.scaleTarget;
    const { name = `${deploymentName}-hpa` } = props;
    const dependsOn = [...(props.dependsOn ?? []), ...(fqn === undefined ? [] : [{ fqn }])];
    Name.check(name, OBJECT_NAME, this);
    Violations.throwIfAny([...this.boundViolations(props), ...this.targetViolations(props.target.scaleTarget)]);
    this.node.defaultChild = new HorizontalPodAutoscalerV2(this, "Resource", {
      metadata: { name, namespace },
      spec: {
        minReplicas: props.min,
        maxReplicas: props.max,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deploymentName },
        metric: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: props.cpuPercent } },
          },
        ],
      },
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.autoscalerName = name;
  }

  private boundViolations({ min, max, cpuPercent }: PodAutoscalerProps): Violation[] {
    const bounds = Number.isInteger(min) && Number.isInteger(max) && min >= 1 && min <= max;
    const percent = Number.isInteger(cpuPercent) && cpuPercent >= 1 && cpuPercent <= 100;
    return [
      ...(bounds
        ? []
        : [KUB010.violation({ at: this, given: `min ${min}, max ${max}`, fix: "give whole numbers, 1 ≤ min ≤ max" })]),
      ...(percent
        ? []
        : [KUB013.violation({ at: this, given: `${cpuPercent} percent`, fix: "give a whole number from 1 to 100" })]),
    ];
  }

  private targetViolations({ deploymentName, replicas, requestedCpu }: ScaleTarget): Violation[] {
    return [
      ...(requestedCpu === undefined
        ? [
            KUB011.violation({
              at: this,
              given: `${deploymentName} requests no CPU`,
              fix: "give it Resources.of({ requests: { cpu: Cpu.millicores(250) } })",
            }),
          ]
        : []),
      ...(replicas.autoscaled
        ? []
        : [
            KUB012.violation({
              at: this,
              given: `${deploymentName} has Replicas.fixed(${replicas.count ?? 1})`,
              fix: "give it Replicas.autoscaled()",
            }),
          ]),
    ];
  }
}
