import { compare, table } from "@groundwork/cli/demo/facts/fact";
import { Reporter } from "@groundwork/cli/reporter";

/** The table as it is printed into a file. */
function printed(comparisons: Parameters<typeof table>[0]): string {
  let text = "";
  new Reporter({ write: (part: string | Uint8Array) => (text += String(part)) !== "" }).log(table(comparisons));
  return text.trimEnd();
}

describe("facts", () => {
  const rows = compare(
    [
      { subject: "network", value: "10.0.0.0/16" },
      { subject: "flow logs", value: "ALL" },
    ],
    [
      { subject: "network", value: "10.1.0.0/16" },
      { subject: "subnet", value: "10.0.0.0/19" },
    ],
  );

  test("do not match when they differ, are missing, or are not expected", () => {
    expect(rows.map(({ matches }) => matches)).toEqual([false, false, false]);
    expect(printed(rows)).toMatchInlineSnapshot(`
"  ✗ network    10.1.0.0/16
               expected: 10.0.0.0/16
  ✗ flow logs  missing
               expected: ALL
  ✗ subnet     10.0.0.0/19
               expected: does not exist"
`);
  });

  test("match when they are equal", () => {
    expect(
      printed(compare([{ subject: "network", value: "10.0.0.0/16" }], [{ subject: "network", value: "10.0.0.0/16" }])),
    ).toBe("  ✓ network  10.0.0.0/16");
  });
});
