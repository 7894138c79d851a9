import type { Data } from "./data";
import type { Mistake } from "./finding";
import { identifierMistakes } from "./identifiers";
import { instanceTypeMistakes } from "./instance-types";
import { duplicateNames } from "./names";
import { referenceMistakes } from "./references";

/** Mistakes in the values of one environment that fit neither their service nor each other. */
export function mistakesOf(data: Data): readonly Mistake[] {
  return [referenceMistakes, duplicateNames, identifierMistakes, instanceTypeMistakes].flatMap((check) => check(data));
}
