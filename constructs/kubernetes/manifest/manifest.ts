import { type ApiObject, type Arguments, apiObject } from "./api-object";
import { unescaped } from "./convert-texts";
import { API_TYPES } from "./conversion";
import { KUB016 } from "../rules";
import { toYaml } from "./yaml";

/** A Kubernetes object of a stack, as the API receives it. */
export interface Manifest {
  /** Kind of the object. */
  readonly kind: string;
  /** Name of the object, or its `generateName`. */
  readonly name: string;
  /** Namespace of the object; undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
  /** Terraform address of the resource. */
  readonly address: string;
  /** The object: `apiVersion`, `kind`, `metadata` and its other fields. */
  readonly object: ApiObject;
}

/** A synthesized stack: the content of its `cdk.tf.json`, as text or parsed. */
export type StackJson = string | { readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>> };

/**
 * The Kubernetes objects of a synthesized stack, sorted by kind, namespace and name.
 *
 * A pure function. Values that are known only after apply appear as their Terraform expression.
 *
 * @example manifestsOf(readFileSync("cdktf.out/stacks/lab-eks-workloads/cdk.tf.json", "utf8"))
 */
export function manifestsOf(stack: StackJson): readonly Manifest[] {
  const { resource = {} } = typeof stack === "string" ? (JSON.parse(stack) as Exclude<StackJson, string>) : stack;
  return Object.entries(resource)
    .filter(([type]) => type.startsWith("kubernetes_"))
    .flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, block]) => manifest(type, `${type}.${id}`, unescaped(block))),
    )
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** File name of a manifest in the directory of its stack: `deployment-demo-frontend.yaml`. */
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
