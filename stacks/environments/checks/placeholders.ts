import { ENV011 } from "../../rules";
import { type Data, leavesOf, textAt } from "./data";
import type { Mistake } from "./finding";

/** Values of our files that belong to no one, and what replaces them. */
const PLACEHOLDERS: readonly (readonly [pattern: RegExp, fix: string])[] = [
  // Names that RFC 2606 reserves for documentation.
  [/(^|[\s/.@])example\.(com|net|org)\b/, "use a name of your own, or remove the section"],
  [/111122223333|123456789012/, "use the id of your account: aws sts get-caller-identity"],
  [/^Z0123456789/, "use the id of your zone: aws route53 list-hosted-zones"],
  [/00000000-0000-4000-8000-000000000000/, "use the ARN of your certificate: aws acm list-certificates"],
  // Blocks that RFC 5737 reserves for documentation.
  [/^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d+(\/\d+)?$/, "use the block of your office, or remove it"],
  [/Gdyb3VuZHdvcmsgc2FtcGxlIGtleS/, "use your public key; groundwork key-pair creates a pair"],
];

/** Placeholders that a deployment to a real cloud would use. */
export function placeholderMistakes(data: Data): readonly Mistake[] {
  if (textAt(data, ["aws", "cloud"]) === "local") return [];
  return leavesOf(data).flatMap(({ path, value }) => {
    const [, fix] = PLACEHOLDERS.find(([pattern]) => pattern.test(String(value))) ?? [];
    const shown = String(value).length > 60 ? `${String(value).slice(0, 57)}…` : String(value);
    return fix === undefined ? [] : [{ path, violation: ENV011.violation({ given: `placeholder "${shown}"`, fix }) }];
  });
}
