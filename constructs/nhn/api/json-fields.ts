/**
 * The fields of an object, as an argument of Terraform's `jsonencode`. CDKTF writes texts there in quotes without escaping them, and
 * doubles the dollar signs of `${`; the texts have passed through `escapeTerraform` already.
 */
export function jsonFields(fields: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === "string" ? quoted(value) : value]));
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replaceAll("$${", "${");
}
