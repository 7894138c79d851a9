import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import type { Location, Violation } from "../../core/violation";
import { isLabelValue, isQualifiedName, type Labels, labelViolations } from "../labels";
import { KUB028 } from "../rules";

/** A taint that pods tolerate. Without a value it tolerates every value of the key. */
export interface Toleration {
  /** Key of the taint, such as `example.com/dedicated`. */
  readonly key: string;
  /** Value of the taint. @default - every value */
  readonly value?: string;
  /** Effect of the taint. @default - every effect */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Violations of a node selector and tolerations. */
export function schedulingViolations(nodes: Labels, tolerations: readonly Toleration[], at: Location): Violation[] {
  return [
    ...labelViolations(nodes, at),
    ...tolerations
      .filter(({ key, value = "" }) => !isToken(key) && !(isQualifiedName(key) && isLabelValue(value)))
      .map(({ key, value = "" }) =>
        KUB028.violation({ at, given: `toleration "${key}" = "${value}"`, fix: "write key and value as in the taint" }),
      ),
  ];
}

/** Arguments of a pod's specification in the Terraform provider. */
export function renderScheduling(nodes: Labels, tolerations: readonly Toleration[]): Readonly<Record<string, unknown>> {
  const toleration = tolerations.map(({ key, value, effect }) => ({
    key,
    operator: value === undefined ? "Exists" : "Equal",
    ...defined({ value, effect }),
  }));
  return {
    ...(Object.keys(nodes).length === 0 ? {} : { nodeSelector: nodes }),
    ...(toleration.length === 0 ? {} : { toleration }),
  };
}
