import { defined } from "../../core/defined";
import type { Duration } from "../../core/duration";
import { Name } from "../../core/name";
import { isToken } from "../../core/token";
import { type Location, type Violation, Violations } from "../../core/violation";
import type { Labels } from "../labels";
import { derivedLabel, OBJECT_NAMES } from "../names";
import { KUB042 } from "./rules";
import { MAX_INT32, isWhole } from "../whole-number";
import type { Secrets } from "../settings/secrets";
import type { Settings } from "../settings/settings";
import type { VolumeMount } from "../storage/volume-mount";
import { containerViolations, renderProgram } from "./container";
import type { EnvironmentSource } from "./environment";
import type { PullPolicy } from "./image";
import type { PodSecurity } from "./pod-security";
import type { Resources } from "./resources";
import { renderPod } from "./pod-uses";
import { renderScheduling, schedulingViolations, type Toleration } from "./scheduling";

/** Properties of the jobs of `Job` and `CronJob`. */
export interface JobTemplateProps {
  /** Image of the container, with its tag or digest. */
  readonly image: string;
  /** Requests and limits of each pod. */
  readonly resources: Resources;
  /** Kubernetes namespace. @default "default" */
  readonly namespace?: string;
  /** Program of the container. @default - the entry point of the image */
  readonly command?: readonly string[];
  /** Arguments of the program. @default - those of the image */
  readonly args?: readonly string[];
  /** Pull policy of the image: `Always`, `IfNotPresent` or `Never`. @default - `Always` for `latest` or no tag, else `IfNotPresent` */
  readonly pull?: PullPolicy;
  /** Environment variables of the container. They are stored in plain text: not for secrets. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Further variables: all entries of existing Secrets and ConfigMaps of the namespace. @default - none */
  readonly environmentFrom?: readonly EnvironmentSource[];
  /** Further variables: the values of `Settings`. @default - none */
  readonly settings?: Settings;
  /** Further variables: the values of `Secrets`, which the driver reads with the role of `serviceAccount`. @default - none */
  readonly secrets?: Secrets;
  /** What the container sees in directories: `VolumeMount.claim(...)`, `.settings(...)`, `.secrets(...)`, `.scratch()`. @default - none */
  readonly volumes?: Readonly<Record<string, VolumeMount>>;
  /** Names of existing Secrets of the namespace with which nodes pull the image. @default - those of the service account */
  readonly pullSecrets?: readonly string[];
  /** Number of pods that may fail before the job fails. @default 3 */
  readonly retries?: number;
  /** Time after which the job fails, with all attempts. @default - none */
  readonly deadline?: Duration;
  /** Number of pods that complete. @default 1 */
  readonly pods?: number;
  /** Number of pods that run at the same time. @default 1 */
  readonly atOnce?: number;
  /** Labels of the nodes that pods are scheduled to. @default - every node */
  readonly nodeSelector?: Labels;
  /** Taints of nodes that the pods tolerate. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** Service account of the pods, for workloads with an identity. @default - the default one of the namespace */
  readonly serviceAccount?: string;
  /** Security context: `PodSecurity.nonRoot()`, `.root()`, `.unset()`. @default - not root, no capabilities */
  readonly security?: PodSecurity;
}

/** A job with the name of its object. */
type NamedJob = JobTemplateProps & { readonly name: string };

/** Rejects values that the API server or the nodes would reject. */
export function checkJob(props: NamedJob, others: readonly Violation[], at: Location): void {
  Name.check(props.namespace ?? "default", OBJECT_NAMES.namespace, at);
  if (props.serviceAccount !== undefined) Name.check(props.serviceAccount, OBJECT_NAMES.serviceAccount, at);
  Violations.throwIfAny([
    ...containerViolations(props, at),
    ...schedulingViolations(props.nodeSelector ?? {}, props.tolerations ?? [], at),
    ...numberViolations(props, at),
    ...others,
  ]);
}

/** Arguments of a job's specification in the Terraform provider. */
export function renderJob(props: NamedJob, at: Location) {
  const { retries = 3, deadline, pods = 1, atOnce = 1, nodeSelector = {}, tolerations = [] } = props;
  return {
    backoffLimit: retries,
    completions: pods,
    parallelism: atOnce,
    ...defined({ activeDeadlineSeconds: deadline?.toSeconds() }),
    template: {
      metadata: { labels: jobLabels(props.name) },
      spec: {
        restartPolicy: "Never",
        ...defined({ serviceAccountName: props.serviceAccount }),
        ...renderPod(props),
        ...renderScheduling(nodeSelector, tolerations),
        container: [{ name: derivedLabel(props.name, OBJECT_NAMES.container), ...renderProgram(props, at) }],
      },
    },
  };
}

/** Labels of the pods of a job. */
export function jobLabels(name: string): Labels {
  return { app: name };
}

function numberViolations({ retries = 3, pods = 1, atOnce = 1, deadline }: NamedJob, at: Location): Violation[] {
  const numbers: readonly (readonly [string, number, number])[] = [
    ["retries", retries, 0],
    ["pods", pods, 1],
    ["atOnce", atOnce, 1],
    ["seconds of the deadline", deadline?.toSeconds() ?? 1, 1],
  ];
  return numbers
    .filter(([, value, min]) => !isWhole(value, min, MAX_INT32) && !isToken(`${value}`))
    .map(([name, value, min]) =>
      KUB042.violation({ at, given: `${value} ${name}`, fix: `use a whole number of at least ${min}` }),
    );
}
