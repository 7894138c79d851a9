import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestFile, manifestText, manifestsOf } from "@groundwork/constructs/kubernetes/manifest/manifest";
import { synthesized } from "../support/fixture";
import { UPDATING } from "../support/golden";
import { ROOT } from "../support/repository";
import { stacks } from "../support/stacks";

describe("manifests/", () => {
  const rendered = stacks
    .filter(({ node }) => !node.id.startsWith("local-"))
    .map((stack) => ({ stack, manifests: manifestsOf(synthesized(stack)) }))
    .filter(({ manifests }) => manifests.length > 0)
    .flatMap(({ stack, manifests }) =>
      manifests.map((manifest) => [`${stack.node.id}/${manifestFile(manifest)}`, manifestText(manifest)] as const),
    );

  if (UPDATING) {
    rmSync(join(ROOT, "manifests"), { recursive: true, force: true });
    for (const [file, text] of rendered) {
      mkdirSync(dirname(join(ROOT, "manifests", file)), { recursive: true });
      writeFileSync(join(ROOT, "manifests", file), text);
    }
  }

  test("contains every Kubernetes object of the lab and of the recommended environment, and no other files", () => {
    const files = readdirSync(join(ROOT, "manifests")).flatMap((stack) =>
      readdirSync(join(ROOT, "manifests", stack)).map((file) => `${stack}/${file}`),
    );
    expect(files.sort()).toEqual(rendered.map(([file]) => file).sort());
  });

  test.each(rendered)("%s matches the stack; npm run manifests updates it", (file, text) => {
    expect(text).toBe(readFileSync(join(ROOT, "manifests", file), "utf8"));
  });
});
