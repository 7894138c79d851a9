import { compare, table } from "@groundwork/cli/demo/facts/fact";

describe("facts", () => {
  const rows = compare(
    [
      { subject: "network", is: "10.0.0.0/16" },
      { subject: "flow logs", is: "ALL" },
    ],
    [
      { subject: "network", is: "10.1.0.0/16" },
      { subject: "subnet", is: "10.0.0.0/19" },
    ],
  );

  test("are wrong when they differ, are missing, or were not wanted", () => {
    expect(rows.map(({ right }) => right)).toEqual([false, false, false]);
    expect(table(rows)).toMatchInlineSnapshot(`
"  ✗ network    10.1.0.0/16
               wanted: 10.0.0.0/16
  ✗ flow logs  missing
               wanted: ALL
  ✗ subnet     10.0.0.0/19
               wanted: nothing of the kind"
`);
  });

  test("are right when they agree", () => {
    expect(
      table(compare([{ subject: "network", is: "10.0.0.0/16" }], [{ subject: "network", is: "10.0.0.0/16" }])),
    ).toBe("  ✓ network  10.0.0.0/16");
  });
});
