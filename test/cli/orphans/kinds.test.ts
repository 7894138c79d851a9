import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { KINDS } from "@groundwork/cli/orphans/kinds";
import { synthesized } from "../../support/fixture";
import { stacks } from "../../support/stacks";

const load = createRequire(__filename);
const bindings = dirname(load.resolve("@cdktf/provider-aws/lib/provider/index.js"));

/** Whether the provider lets a resource carry tags, which is how lost ones are found. */
function taggable(type: string): boolean {
  const folder = join(bindings, "..", type.replace(/^aws_/, "").replaceAll("_", "-"));
  if (!existsSync(folder)) throw new Error(`no bindings of ${type} in ${folder}`);
  return Object.values(load(folder) as Record<string, { prototype?: object }>).some(
    ({ prototype }) => prototype !== undefined && "tagsInput" in prototype && "tfResourceType" in prototype.constructor,
  );
}

const types = new Set(
  stacks.flatMap((stack) =>
    Object.keys(synthesized(stack)["resource"] ?? {}).filter((type) => type.startsWith("aws_")),
  ),
);

describe("kinds of lost objects", () => {
  test.each([...types].filter(taggable))("there is a remedy for %s", (type) => {
    // An object of a bucket is found and lost with it.
    if (type === "aws_s3_object") return;
    expect(Object.values(KINDS).filter((kind) => kind.types.includes(type))).toHaveLength(1);
  });

  test("every word of a command, an argument or an import stands for something", () => {
    for (const [name, { parts = [], where = {}, importId = "ID", remove }] of Object.entries(KINDS)) {
      const words = [...remove, ...Object.values(where), importId].join(" ").match(/\b[A-Z]{2,}\b/g) ?? [];
      expect([name, words.filter((word) => !["ID", "ARN", "PARENT", ...parts].includes(word))]).toEqual([name, []]);
    }
  });
});
