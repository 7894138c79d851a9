import { compare, table } from "@groundwork/cli/demo/facts/fact";
import { Colours } from "@groundwork/cli/program/colours";

/** The colours of a file. */
const plain = new Colours({});

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
    expect(table(rows, plain)).toMatchInlineSnapshot(`
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
      table(
        compare([{ subject: "network", value: "10.0.0.0/16" }], [{ subject: "network", value: "10.0.0.0/16" }]),
        plain,
      ),
    ).toBe("  ✓ network  10.0.0.0/16");
  });
});
