/** A row of the table of `groundwork check`: a mistake, or a value to look at before a deployment. */
export interface Row {
  /** File, relative to the project. */
  readonly file: string;
  readonly line: number;
  /** Key of the value: `eks.nodes.instanceTypes.0`; empty for the whole file. */
  readonly key: string;
  readonly given: string;
  /** The right value, or how to find it. */
  readonly fix: string;
  /** Id of the rule, or the number of TypeScript's error. */
  readonly rule: string;
  /** Whether the stacks can be synthesized nevertheless. */
  readonly isNotice: boolean;
}

/** A mistake without its position, as the checker of the project returns it. */
export interface CheckedValue {
  readonly environment: string;
  readonly key: string;
  readonly rule: string;
  readonly given: string;
  readonly fix: string;
  readonly isNotice: boolean;
}

/** The rows as a table, and the totals. */
export function tableLines(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return ["no mistakes"];
  const cells = rows.map(({ file, line, key, given, fix, rule }) => [
    `${file}:${line}`,
    key,
    given,
    `${fix} (${rule})`,
  ]);
  const table = [["file", "key", "given", "right value"], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", totals(rows)];
}

/** Rule of missing images. Their repositories are deployed first, so they are no reason to reject an environment. */
const IMAGE_RULE = "ENV013";

/** Whether a row is a missing image. */
export function isImage({ rule }: Pick<Row, "rule">): boolean {
  return rule === IMAGE_RULE;
}

function totals(rows: readonly Row[]): string {
  const images = rows.filter(isImage).length;
  const notices = rows.filter((row) => row.isNotice && !isImage(row)).length;
  const mistakes = rows.length - notices - images;
  const parts = [
    ...(mistakes > 0 ? [`${mistakes} ${mistakes === 1 ? "mistake" : "mistakes"}`] : []),
    ...(notices > 0 ? [`${notices} ${notices === 1 ? "finding" : "findings"} to resolve before a deployment`] : []),
    ...(mistakes + notices === 0 ? ["no mistakes"] : []),
    ...(images > 0 ? [`${images} ${images === 1 ? "image" : "images"} to supply before the workloads`] : []),
  ];
  return `${parts.join(", ")}; docs/rules.md explains the rules`;
}
