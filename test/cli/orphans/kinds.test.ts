import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { KINDS } from "@groundwork/cli/orphans/kinds";
import { synthesized } from "../../support/fixture";
import { stacks } from "../../support/stacks";

const load = createRequire(__filename);
const bindings = dirname(load.resolve("@cdktf/provider-aws/lib/provider/index.js"));

/** Whether a resource type has tags, by which orphaned resources are found. */
function taggable(type: string): boolean {
  const directory = join(bindings, "..", type.replace(/^aws_/, "").replaceAll("_", "-"));
  if (!existsSync(directory)) throw new Error(`no bindings of ${type} in ${directory}`);
  return Object.values(load(directory) as Record<string, { prototype?: object }>).some(
    ({ prototype }) => prototype !== undefined && "tagsInput" in prototype && "tfResourceType" in prototype.constructor,
  );
}

const types = new Set(
  stacks.flatMap((stack) =>
    Object.keys(synthesized(stack)["resource"] ?? {}).filter((type) => type.startsWith("aws_")),
  ),
);

describe("kinds of orphaned objects", () => {
  test.each([...types].filter(taggable))("%s can be imported or deleted", (type) => {
    // Objects of a bucket are found with the bucket.
    if (type === "aws_s3_object") return;
    expect(Object.values(KINDS).filter((kind) => kind.types.includes(type))).toHaveLength(1);
  });

  test("every placeholder of a command, an argument or an import has a value", () => {
    for (const [name, { parts = [], where = {}, importId = "ID", remove }] of Object.entries(KINDS)) {
      const placeholders = [...remove, ...Object.values(where), importId].join(" ").match(/\b[A-Z]{2,}\b/g) ?? [];
      expect([name, placeholders.filter((one) => !["ID", "ARN", "PARENT", ...parts].includes(one))]).toEqual([
        name,
        [],
      ]);
    }
  });
});
