import { Violation, Violations } from "@groundwork/constructs/core";
import * as v from "valibot";

/** Decodes a text with a function that may throw a violation; the violation becomes an issue of the schema. */
export function decodeText<T>(decode: (text: string) => T) {
  return v.pipe(v.string(), decodeWith(decode));
}

/** Decodes the value that the schema has read so far, with the same handling of violations. */
export function decodeWith<Input, Output>(decode: (input: Input) => Output) {
  return v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    try {
      return decode(dataset.value);
    } catch (error) {
      // Only here are violations caught: all mistakes of a file can be reported at once only if each is collected.
      if (!(error instanceof Violation || error instanceof Violations)) throw error;
      addIssue({ message: error.message, input: error });
      return NEVER;
    }
  });
}
