import { type ApiObject, manifestsOf } from "@groundwork/constructs/kubernetes/manifests";
import { type SynthesizedStack, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { objectSummary, subjectOf } from "./summary";

/** The Kubernetes objects and Helm releases of a synthesized stack. */
export function expectedObjects(stack: SynthesizedStack): readonly Fact[] {
  return [
    ...releasesOf(stack).map(({ name, chart, version }) => releaseFact(name, chart, version)),
    ...objectsOf(stack).map((object) => ({ subject: subjectOf(object), value: objectSummary(object) })),
  ];
}

/** The Kubernetes objects of a stack. */
export function objectsOf(stack: SynthesizedStack): readonly ApiObject[] {
  return manifestsOf(stack.json).map(({ object }) => object);
}

/** A Helm release of a stack. */
export interface ReleaseOfStack {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
}

/** The Helm releases of a stack. */
export function releasesOf(stack: SynthesizedStack): readonly ReleaseOfStack[] {
  return [...stack.resources("helm_release").values()].map((block) => ({
    name: textArgument(block, "name"),
    namespace: textArgument(block, "namespace"),
    chart: textArgument(block, "chart"),
    version: textArgument(block, "version"),
  }));
}

/** A Helm release as a fact. */
export function releaseFact(name: string, chart: string, version: string): Fact {
  return { subject: `release ${name}`, value: `chart ${chart} ${version}` };
}
