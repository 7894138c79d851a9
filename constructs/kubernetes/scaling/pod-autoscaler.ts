import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { type ITerraformDependable, TerraformStack, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type Violation, Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB010, KUB011, KUB012, KUB013, KUB031 } from "../rules";
import type { Cpu } from "../workload/cpu";
import { isWhole } from "../whole-number";
import { evictionViolations } from "./disruption-budget";
import type { Replicas } from "./replicas";

/** Properties of the Deployment that an autoscaler scales. */
export interface ScaleTarget {
  /** Name of the Deployment. */
  readonly deploymentName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** Number of replicas at the first deployment. */
  readonly replicas: Replicas;
  /** CPU request of each pod; undefined when there is none. */
  readonly requestedCpu: Cpu | undefined;
  /** Pods that a disruption budget keeps available; undefined without such a bound. */
  readonly minAvailable?: number;
  /** Address of the Deployment in the same stack: the autoscaler is created after it and destroyed before it. */
  readonly fqn?: string;
}

/** A workload whose number of pods can be changed, such as a `WebService`. */
export interface IScalable {
  /** What an autoscaler changes the number of replicas of. */
  readonly scaleTarget: ScaleTarget;
}

/** The autoscalers of each stack, by namespace and name of their targets. */
const autoscaled = new WeakMap<IConstruct, Map<string, PodAutoscaler>>();

/** Properties of {@link PodAutoscaler}. */
export interface PodAutoscalerProps {
  /** Workload to scale. It has `Replicas.autoscaled()` and a CPU request. */
  readonly target: IScalable;
  /** Minimum number of pods, at least 1. */
  readonly min: number;
  /** Maximum number of pods. */
  readonly max: number;
  /** Target of the average CPU utilization, in percent of the pods' CPU request, at least 1. Above 100, pods use more than they request before others are added. */
  readonly cpuPercent: number;
  /** Name of the object. @default - the name of the Deployment with the suffix `-hpa` */
  readonly name?: string;
  /** Resources that are created before the autoscaler, such as a metrics server in the same stack. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines the bounds within which the number of a service's pods follows its CPU load.
 *
 * Creates a HorizontalPodAutoscaler (autoscaling/v2). It requires a metrics server in the cluster; without one it does not
 * scale. Free of charge by itself; the pods that it adds may need additional nodes.
 *
 * @example new PodAutoscaler(this, "Autoscaler", { target: frontend, min: 2, max: 10, cpuPercent: 60 });
 */
export class PodAutoscaler extends Construct {
  /** Name of the autoscaler. */
  readonly autoscalerName: string;

  constructor(scope: Construct, id: string, props: PodAutoscalerProps) {
    super(scope, id);
    const { deploymentName, namespace, fqn } = props.target.scaleTarget;
    const { name = `${deploymentName}-hpa` } = props;
    const dependsOn = [...(props.dependsOn ?? []), ...(fqn === undefined ? [] : [{ fqn }])];
    claimName(name, OBJECT_NAMES.autoscaler, namespace, this);
    Violations.throwIfAny([
      ...this.boundViolations(props),
      ...this.targetViolations(props.target.scaleTarget),
      ...evictionViolations(props.target.scaleTarget.minAvailable ?? 0, props.min, this),
    ]);
    this.rejectSecond(props.target.scaleTarget);
    this.node.defaultChild = new HorizontalPodAutoscalerV2(this, "Resource", {
      metadata: escaped({ name, namespace }),
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

  private rejectSecond({ deploymentName, namespace }: ScaleTarget): void {
    const stack = this.node.scopes.find((scope) => TerraformStack.isStack(scope)) ?? this.node.root;
    const targets = autoscaled.get(stack) ?? new Map<string, PodAutoscaler>();
    autoscaled.set(stack, targets);
    const target = `${namespace}/${deploymentName}`;
    const other = targets.get(target);
    if (other !== undefined)
      throw KUB031.violation({
        at: this,
        given: `${deploymentName}, which ${other.node.path} scales`,
        fix: "remove one of the two autoscalers",
      });
    targets.set(target, this);
  }

  private boundViolations({ min, max, cpuPercent }: PodAutoscalerProps): Violation[] {
    const bounds = isWhole(min, 1) && isWhole(max, Token.isUnresolved(min) ? 1 : min);
    const percent = isWhole(cpuPercent, 1);
    return [
      ...(bounds
        ? []
        : [KUB010.violation({ at: this, given: `min ${min}, max ${max}`, fix: "use whole numbers, 1 ≤ min ≤ max" })]),
      ...(percent
        ? []
        : [KUB013.violation({ at: this, given: `${cpuPercent} percent`, fix: "use a whole number of at least 1" })]),
    ];
  }

  private targetViolations({ deploymentName, replicas, requestedCpu }: ScaleTarget): Violation[] {
    return [
      ...(requestedCpu === undefined
        ? [
            KUB011.violation({
              at: this,
              given: `${deploymentName} requests no CPU`,
              fix: "set Resources.of({ requests: { cpu: Cpu.millicores(250) } })",
            }),
          ]
        : []),
      ...(replicas.autoscaled
        ? []
        : [
            KUB012.violation({
              at: this,
              given: `${deploymentName} has Replicas.fixed(${replicas.count ?? 1})`,
              fix: "set Replicas.autoscaled()",
            }),
          ]),
    ];
  }
}
