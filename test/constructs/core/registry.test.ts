import { Registry } from "@groundwork/constructs/core/registry";

const TOKEN = "${TfToken[TOKEN.7]}";
const registryOf = () => new Registry<object, object>(() => ({}));

describe("Registry", () => {
  test("keeps one value per object", () => {
    const [registry, key, root] = [registryOf(), {}, {}];
    expect(registry.of(key, "vpc-1", root)).toBe(registry.of(key, "vpc-1", root));
  });

  test("recognizes a created object by its token, also if another object passes it on", () => {
    const [registry, root] = [registryOf(), {}];
    expect(registry.of({}, TOKEN, root)).toBe(registry.of({}, TOKEN, root));
    expect(registry.of({}, TOKEN, root)).not.toBe(registry.of({}, "${TfToken[TOKEN.8]}", root));
    expect(registry.of({}, TOKEN, root)).not.toBe(registry.of({}, TOKEN, {}));
  });

  test("separates imported objects with the same id, which may belong to two accounts", () => {
    const [registry, root] = [registryOf(), {}];
    expect(registry.of({}, "vpc-1", root)).not.toBe(registry.of({}, "vpc-1", root));
  });
});
