import { ref, TerraformStack } from "cdktf";

/** What CDKTF's references and stacks have, and their types do not declare. */
interface ReferencePrototype {
  originStack?: TerraformStack;
  resolve(context: Context): string;
}

interface Context {
  readonly scope: Parameters<typeof TerraformStack.of>[0];
}

interface Preparable {
  ensureBackendExists(): void;
}

/**
 * Leaves out the first rendering of a synthesis, which only prepares references between stacks. A reference between stacks is an error
 * instead. Returns a function that restores the ordinary synthesis.
 */
export function renderOnce(): () => void {
  const stacks = TerraformStack.prototype;
  const references = Object.getPrototypeOf(ref("")) as ReferencePrototype;
  // Both are called with the object to which they belong.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const [prepareStack, resolve] = [stacks.prepareStack, references.resolve];
  stacks.prepareStack = function (this: TerraformStack) {
    (this as unknown as Preparable).ensureBackendExists();
  };
  references.resolve = function (this: ReferencePrototype, context) {
    if (this.originStack !== undefined && this.originStack !== TerraformStack.of(context.scope))
      throw new Error("a stack refers to another");
    return resolve.call(this, context);
  };
  return () => {
    stacks.prepareStack = prepareStack;
    references.resolve = resolve;
  };
}
