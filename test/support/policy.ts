import type { Block } from "./fixture";

/** One statement of a policy document. */
export type RenderedStatement = Readonly<Record<string, unknown>>;

/** The statements of the policy that a resource has as JSON in an argument. */
export function statementsOf(block: Block, argument = "policy"): readonly RenderedStatement[] {
  return (JSON.parse(String(block[argument])) as { Statement: RenderedStatement[] }).Statement;
}

/** The statement with this `Sid`. */
export function statementNamed(block: Block, sid: string): RenderedStatement {
  const found = statementsOf(block).find((statement) => statement["Sid"] === sid);
  if (found === undefined) throw new Error(`${block.address} has no statement ${sid}`);
  return found;
}
