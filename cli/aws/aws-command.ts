import { shellOption, shellWord } from "@groundwork/constructs/core/quoting";
import { printable } from "@groundwork/tooling/printable";

/** Values of the placeholders of a command by their names: capitals, such as ID. */
export type Placeholders = ReadonlyMap<string, string>;

/** Replaces the placeholders of a text. */
export function replacePlaceholders(template: string, values: Placeholders): string {
  return template.replace(/\b[A-Z]{2,}\b/g, (name) => values.get(name) ?? name);
}

/**
 * A command of the AWS CLI, without `aws`, as a shell reads it: each value is one word, and no value is read as an option or as the name of
 * a file. Undefined if a value has control characters or is such a name: AWS assigns no such identifiers.
 *
 * @example awsCommand("ec2 delete-vpc --vpc-id ID", new Map([["ID", "vpc-1"]])) // ec2 delete-vpc --vpc-id vpc-1
 */
export function awsCommand(template: string, values: Placeholders): string | undefined {
  const words = template.split(" ").map((word) => ({ word, value: replacePlaceholders(word, values) }));
  if (words.some(({ word, value }) => word !== value && !isIdentifier(value))) return undefined;
  return words
    .flatMap(({ word, value }, index) => {
      if (word.startsWith("--") && words[index + 1] !== undefined) return [];
      const option = words[index - 1]?.word ?? "";
      return [option.startsWith("--") ? shellOption(option, value) : shellWord(value)];
    })
    .join(" ");
}

/** The AWS CLI replaces a value that is the address of a file or of a page by its content. */
function isIdentifier(value: string): boolean {
  return value !== "" && printable(value) === value && !/^(file|fileb|https?):\/\//i.test(value);
}
