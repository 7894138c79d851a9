import type { ApiObject, Arguments } from "./api-object";
import { apiObject } from "./api-object";
import { API_TYPES } from "./conversion";
import { KUB016 } from "../rules";
import { toYaml } from "./yaml";

/** A Kubernetes object of a stack, as the API receives it. */
export interface Manifest {
  readonly kind: string;
  readonly name: string;
  /** Nothing for objects of the whole cluster. */
  readonly namespace: string | undefined;
  /** Terraform's address of the resource. */
  readonly address: string;
  readonly object: ApiObject;
}

/** A synthesized stack: the content of its `cdk.tf.json`, as text or read. */
export type StackJson = string | { readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>> };

/**
 * The Kubernetes objects of a synthesized stack, by kind and name.
 *
 * Pure: reads nothing but what it is given. What only Terraform will know stands in the objects as its expression.
 *
 * @example manifestsOf(readFileSync("cdktf.out/stacks/lab-eks-workloads/cdk.tf.json", "utf8"))
 */
export function manifestsOf(stack: StackJson): readonly Manifest[] {
  const { resource = {} } = typeof stack === "string" ? (JSON.parse(stack) as Exclude<StackJson, string>) : stack;
  return Object.entries(resource)
    .filter(([type]) => type.startsWith("kubernetes_"))
    .flatMap(([type, blocks]) => Object.entries(blocks).map(([id, block]) => manifest(type, `${type}.${id}`, block)))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Path of a manifest's file below its stack's folder: `deployment-demo-frontend.yaml`. */
export function manifestFile({ kind, name }: Manifest): string {
  return `${kind.toLowerCase()}-${name}.yaml`;
}

/** A manifest as YAML. */
export function manifestText({ object }: Manifest): string {
  return toYaml(object);
}

function manifest(type: string, address: string, block: Arguments): Manifest {
  const object = type === "kubernetes_manifest" ? (block["manifest"] as ApiObject) : typedObject(type, address, block);
  const { name, generateName, namespace } = object.metadata;
  return {
    kind: object.kind,
    name: String(name ?? generateName),
    namespace: typeof namespace === "string" ? namespace : undefined,
    address,
    object,
  };
}

function typedObject(type: string, address: string, block: Arguments): ApiObject {
  const apiType = API_TYPES[type];
  if (apiType === undefined)
    throw KUB016.violation({
      at: address,
      given: `resource type ${type}`,
      fix: `use one of ${Object.keys(API_TYPES).join(", ")}, or add it to conversion.ts`,
    });
  return apiObject(apiType, block);
}

function keyOf({ kind, namespace = "", name }: Manifest): string {
  return `${kind}/${namespace}/${name}`;
}
