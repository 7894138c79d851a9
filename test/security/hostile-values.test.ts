import { Violation, Violations } from "@groundwork/constructs/core/violation";
import { Fn, Token } from "cdktf";
import { parseAllDocuments } from "yaml";
import { readCloudConfig } from "../support/boot-root";
import { FIRST_BOOTS, type Generator, PIPELINES, placesOf, withText } from "../support/generators";
import { HOSTILE } from "../support/hostile";

/** The generated text, or undefined if the input is rejected by a rule. Every other error is a failure. */
function generated({ generate }: Generator, input: Generator["valid"]): string | undefined {
  try {
    return generate(input);
  } catch (error) {
    if (error instanceof Violation || error instanceof Violations) return undefined;
    throw error;
  }
}

/** What a generated text does, without the values in it. */
function structureOf(text: string): unknown {
  if (!text.startsWith("#cloud-config")) return shapeOf(parseAllDocuments(text).map((document) => toJs(document)));
  return text.split(/^---\n/m).map((document) => {
    const {
      write_files: files = [],
      runcmd = [],
      packages = [],
      users = [],
      ssh_authorized_keys: keys = [],
    } = readCloudConfig(document);
    return {
      files: files.map(({ path, content }) => linesOf(path, content)),
      commands: runcmd.length,
      packages: packages.length,
      users: users.length,
      keys: keys.map((key) => key.split(/\s*[\n\r]\s*/).length),
    };
  });
}

/** The settings of a file, in the languages of this library. */
function linesOf(path: string, content: string): unknown {
  if (path.endsWith(".env")) return content.split(/[\n\r\u2028\u2029\u0085]/).map((line) => line.split("=", 1)[0]);
  if (/\.(service|timer|conf)$/.test(path)) return content.split(/[\n\r]/).map((line) => line.split("=", 1)[0]);
  if (path.endsWith(".rb")) return content.replace(/'(?:[^'\\]|\\.)*'/gs, "''");
  if (path.endsWith(".json")) return shapeOf(JSON.parse(content));
  if (/\/(nodes|hosts|exports)$/.test(path)) return content.split("\n").map((line) => line.split(/\s+/).length);
  return "";
}

/** Kinds and numbers of the values of an object; a list or an object in the place of a text is a difference. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) return Object.values(value).map(shapeOf);
  return typeof value;
}

function toJs(document: { readonly errors: readonly unknown[]; toJS(): unknown }): unknown {
  expect(document.errors).toEqual([]);
  return document.toJS();
}

/** A value that is known only at apply. */
const TOKEN = Token.asString(Fn.lookup({ a: "b" }, "a"));

/** Hostile texts alone, after plain text, and after a value that is known only at apply. */
const TEXTS = HOSTILE.flatMap((value) => [value, `a${value}`, `${TOKEN}${value}`]);

const cases = Object.entries({ ...FIRST_BOOTS, ...PIPELINES }).flatMap(([name, generator]) =>
  placesOf(generator.valid).map((place) => ({ name, generator, place, path: place.join(".") })),
);

describe("hostile values", () => {
  test.each(cases)("in $path of $name change nothing but this value, or are rejected", ({ generator, place }) => {
    const expected = structureOf(generator.generate(generator.valid));
    for (const text of TEXTS) {
      // The pipeline of a site guards a variable that contains its target: a command more.
      if (text === "$HOME" && /^(bucketName|distributionId)$/.test(place.join("."))) continue;
      const result = generated(generator, withText(generator.valid, place, text));
      if (result !== undefined) expect({ text, structure: structureOf(result) }).toEqual({ text, structure: expected });
    }
  });

  test.each(Object.entries({ ...FIRST_BOOTS, ...PIPELINES }))("the valid input of %s is accepted", (_, generator) => {
    expect(generator.generate(generator.valid)).not.toBe("");
  });
});
