import { programText } from "@groundwork/constructs/boot/program-text";
import { PROGRAMS } from "@groundwork/constructs/boot/programs.generated";
import { BOO009 } from "@groundwork/constructs/boot/rules";
import { filesBelow, textOf } from "../../support/repository";

/** The programs in the repository, as area and name. */
const files = [".sh", ".py"]
  .flatMap((ending) => filesBelow("constructs", ending))
  .map((path) => {
    const [, area = "", directory = "", ...name] = path.split("/");
    return { path, area, directory, name: name.join("/") };
  });

describe("programText", () => {
  test("embeds every program of the library and no other", () => {
    const embedded = Object.entries(PROGRAMS).flatMap(([area, texts]) =>
      Object.keys(texts).map((name) => `${area}/${name}`),
    );
    expect(embedded.sort()).toEqual(files.map(({ area, name }) => `${area}/${name}`).sort());
    expect(new Set(files.map(({ directory }) => directory))).toEqual(new Set(["programs"]));
  });

  // After a change of a program, `npm run build` writes programs.generated.ts.
  test.each(files)("returns the present text of $path", ({ path, area, name }) => {
    expect(programText(area as "boot", name as "first-boot.sh")).toBe(textOf(path));
  });

  test("reads no file", () => {
    expect(textOf("constructs/boot/program-text.ts")).not.toMatch(/from "(node:)?(fs|path)/);
  });

  test("rejects an unknown program, listing the area's programs", () => {
    expect(() => programText("boot", "toString" as "first-boot.sh")).toViolate(
      BOO009,
      /"toString".*use one of: first-boot\.sh, verified-download\.sh$/,
    );
    expect(() => programText("kpaas", "verify.py" as "install/verify.py")).toViolate(BOO009, /install\/verify\.py/);
    expect(() => programText("constructor" as "boot", "first-boot.sh")).toViolate(
      BOO009,
      /use one of: aws, boot, gitlab, kpaas$/,
    );
  });
});
