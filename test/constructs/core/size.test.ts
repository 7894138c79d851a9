import { DIM001 } from "@groundwork/constructs/core/rules";
import { Size } from "@groundwork/constructs/core/size";

describe("Size", () => {
  test("converts between units", () => {
    expect([
      Size.mebibytes(2048).toGibibytes(),
      Size.gibibytes(20).toMebibytes(),
      Size.tebibytes(1).toGibibytes(),
    ]).toEqual([2, 20480, 1024]);
  });

  test("is printed in the largest whole unit", () => {
    expect([Size.gibibytes(20), Size.mebibytes(512)].map(String)).toEqual(["20 GiB", "512 MiB"]);
  });

  test.each([
    () => Size.gibibytes(0),
    () => Size.mebibytes(1.5),
    () => Size.tebibytes(-1),
    () => Size.mebibytes(100).toGibibytes(),
  ])("rejects amounts that its unit cannot express", (size) => expect(size).toViolate(DIM001));
});
