import { isDeepStrictEqual } from "node:util";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { resolve } from "node:path";
import { objectOf } from "@groundwork/tooling/objects";
import { declared, type Declared } from "./declared";

/** A data source that reads the state of a stack. */
export interface RemoteState extends Declared {
  /** Id of the stack; undefined if none of the app has this backend. */
  readonly stack: string | undefined;
}

/** The references of a stack to the outputs of others, which a framework creates for values that cross stacks. */
export function remoteStates(stack: SynthesizedStack, all: readonly SynthesizedStack[]): readonly RemoteState[] {
  return declared(stack.json)
    .filter(({ kind, type }) => kind === "data" && type === "terraform_remote_state")
    .map((one) => ({ ...one, stack: all.find((other) => isStateOf(other, one, stack))?.id }));
}

const GENERATED = "data.terraform_remote_state.cross-stack-reference-input-";

function isStateOf(other: SynthesizedStack, { address, block }: Declared, reader: SynthesizedStack): boolean {
  if (address === `${GENERATED}${other.id}`) return true;
  const [type, settings] = backendOf(other);
  if (type === "" || type !== block["backend"]) return false;
  const config = objectOf(block["config"]);
  if (type === "local")
    return resolve(other.directory, String(settings["path"])) === resolve(reader.directory, String(config["path"]));
  // A reader needs the arguments that locate the state, and may have other ones for the access.
  const common = Object.keys(config).filter((name) => name in settings);
  return common.length > 0 && common.every((name) => isDeepStrictEqual(config[name], settings[name]));
}

function backendOf({ json }: SynthesizedStack): readonly [string, Readonly<Record<string, unknown>>] {
  const terraform = objectOf(json["terraform"]);
  const [type = "", settings] = Object.entries(objectOf(terraform["backend"]))[0] ?? [];
  return type === "" && "cloud" in terraform ? ["remote", objectOf(terraform["cloud"])] : [type, objectOf(settings)];
}
