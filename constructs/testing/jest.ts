import type { Rule } from "../core/violation";
import { toViolate } from "./to-violate";

// A setup file of Jest (`setupFilesAfterEnv`). Jest defines `expect`; the package does not depend on Jest's types.
(globalThis as unknown as { expect: { extend(matchers: object): void } }).expect.extend({ toViolate });

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- required to extend Jest's types
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the type parameters must be those of Jest's own declaration
    interface Matchers<R, T> {
      /** Passes if the call is rejected by the rule and, with `message`, if the error matches it. */
      toViolate(rule: Rule | string, message?: RegExp): R;
    }
  }
}
