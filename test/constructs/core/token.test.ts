import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { escapeTerraform, isExpression, isToken, isWholeToken, literalOf } from "@groundwork/constructs/core/token";
import { Fn, TerraformOutput, TerraformStack, Testing, Token } from "cdktf";
import fc from "fast-check";

const token = Token.asString({ later: true });

describe("isToken", () => {
  test.each([token, `${token}/32`, Fn.upper("x"), Token.asString(Fn.join("-", ["a", token]))])(
    "recognizes a token of CDKTF in %s",
    (text) => expect(isToken(text)).toBe(true),
  );

  test.each(["${x}", "${aws:username}", "$${x}", "%{x}", "TfToken[x]", "${TfToken[]}", ""])(
    "does not take %s for a token",
    (text) => expect([isToken(text), isWholeToken(text)]).toEqual([false, false]),
  );

  test("distinguishes a token from a text with a token", () => {
    expect([token, `${token}(ro) *`, ` ${token}`].map(isWholeToken)).toEqual([true, false, false]);
    expect(literalOf(`a${token}(ro) *${token}`)).toBe("a(ro) *");
  });
});

describe("isExpression", () => {
  test("recognizes expressions of Terraform, not escaped ones", () => {
    expect(["${aws_vpc.v.id}", "a ${x}", "$${x}", "$", "x"].map(isExpression)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

/** Values that Terraform outputs for texts that a stack contains. */
function throughTerraform(texts: readonly string[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), "groundwork-escape-"));
  const stack = new TerraformStack(Testing.app(), "escape");
  for (const [index, value] of texts.entries()) new TerraformOutput(stack, `text${index}`, { value });
  writeFileSync(join(directory, "main.tf.json"), Testing.synth(stack));
  const terraform = (...options: string[]) =>
    spawnSync("terraform", [`-chdir=${directory}`, ...options], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], TF_CLI_CONFIG_FILE: "/dev/null" },
    });
  const applied = terraform("apply", "-auto-approve", "-no-color");
  const outputs = terraform("output", "-json").stdout;
  rmSync(directory, { recursive: true });
  if (applied.status !== 0) throw new Error(applied.stderr);
  const values = JSON.parse(outputs) as Record<string, { readonly value: string }>;
  return texts.map((_, index) => values[`text${index}`]?.value ?? "");
}

describe("escapeTerraform", () => {
  test.each([
    ["${x}", "$${x}"],
    ["%{x}", "%%{x}"],
    ["$${x}", "$$${x}"],
    ["100 % of $5 {x}", "100 % of $5 {x}"],
    [token, token],
    [`$$${token}`, `\${"$$"}${token}`],
    [`\${x}${token}`, `$\${x}${token}`],
    [`\${x ${token}`, `\${"$"}{x ${token}`],
    ['${"$"}', '$${"$"}'],
    ["", ""],
  ])("renders %s as %s", (text, escaped) => expect(escapeTerraform(text)).toBe(escaped));

  test("makes Terraform return every text unchanged, also next to a value that it computes", () => {
    const piece = fc.constantFrom("$", "%", "{", "}", "${", "%{", "$${", '${"$"}', "~", '"', "\\", "x", "\n", "é");
    const texts = fc.sample(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      { numRuns: 200, seed: 7 },
    );
    const computed = Fn.upper("y");
    const before = throughTerraform(texts.map((text) => escapeTerraform(`${text}${computed}`)));
    expect(before).toEqual(texts.map((text) => `${text}Y`));
    expect(throughTerraform(texts.map(escapeTerraform))).toEqual(texts);
  });
});
