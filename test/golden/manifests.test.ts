import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { manifestFile, manifestText, manifestsOf } from "@groundwork/constructs/kubernetes/manifest";
import { synthesized } from "../support/fixture";
import { ROOT } from "../support/repository";
import { stacks } from "../support/stacks";

describe("manifests/", () => {
  const rendered = stacks
    .filter(({ node }) => !node.id.startsWith("local-"))
    .map((stack) => ({ stack, manifests: manifestsOf(synthesized(stack)) }))
    .filter(({ manifests }) => manifests.length > 0)
    .flatMap(({ stack, manifests }) =>
      manifests.map((one) => [`${stack.node.id}/${manifestFile(one)}`, manifestText(one)] as const),
    );

  test("holds every Kubernetes object of every stack and nothing else", () => {
    const files = readdirSync(join(ROOT, "manifests")).flatMap((stack) =>
      readdirSync(join(ROOT, "manifests", stack)).map((file) => `${stack}/${file}`),
    );
    expect(files.sort()).toEqual(rendered.map(([file]) => file).sort());
  });

  test.each(rendered)("%s is what the stack gives to the API; npm run manifests writes it anew", (file, text) => {
    expect(text).toBe(readFileSync(join(ROOT, "manifests", file), "utf8"));
  });
});
