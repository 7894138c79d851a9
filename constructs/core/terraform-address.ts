import type { IConstruct } from "constructs";
import { NAM003, NAM004 } from "./rules";

/** An element of a stack with an address in Terraform, recognized by its shape, because the core depends on no framework. */
interface Addressed extends IConstruct {
  readonly friendlyUniqueId: string;
  readonly terraformResourceType?: string;
}

/** Stacks that have the check already. */
const checked = new WeakSet<IConstruct>();

/**
 * Makes the synthesis of a stack fail when two of its resources have the same Terraform address, or one has an address that Terraform
 * does not read.
 *
 * CDKTF omits `Default` and `Resource` from addresses, so `X/Default/Y` and `X/Y` have one address; it keeps only one of them.
 */
export function checkAddresses(stack: IConstruct): void {
  if (checked.has(stack)) return;
  checked.add(stack);
  stack.node.addValidation({ validate: () => addressErrors(stack) });
}

function addressErrors(stack: IConstruct): string[] {
  const seen = new Map<string, string>();
  return stack.node.findAll().flatMap((element) => {
    if (!isAddressed(element)) return [];
    const address = addressOf(element);
    const other = seen.get(address);
    seen.set(address, other ?? element.node.path);
    return [...invalidName(element, address), ...duplicate(element, address, other)];
  });
}

function invalidName(element: Addressed, address: string): string[] {
  const isValid = /(?:^|\.)[a-zA-Z_][^.]*$/.test(address);
  if (isValid || isProvider(element)) return [];
  const fix = "begin the id of the construct below the stack with a letter";
  return [NAM004.violation({ at: element, given: `the address ${address}`, fix }).message];
}

function duplicate(element: Addressed, address: string, other: string | undefined): string[] {
  if (other === undefined) return [];
  const given = `the address ${address}, which ${other} has`;
  const fix = "rename one of the two constructs: Default and Resource are not part of an address";
  return [NAM003.violation({ at: element, given, fix }).message];
}

/** A provider is addressed by its type and alias. */
function isProvider(element: IConstruct): boolean {
  return "terraformProviderSource" in element;
}

function isAddressed(element: IConstruct): element is Addressed {
  return "friendlyUniqueId" in element && "toTerraform" in element && !("prepareStack" in element);
}

/** `aws_vpc.Network`, `data.aws_vpc.Network`; for elements without a type, such as outputs, the class instead. */
function addressOf(element: Addressed): string {
  const { terraformResourceType, friendlyUniqueId } = element;
  if (terraformResourceType === undefined) return `${element.constructor.name}.${friendlyUniqueId}`;
  return `${"importFrom" in element ? "" : "data."}${terraformResourceType}.${friendlyUniqueId}`;
}
