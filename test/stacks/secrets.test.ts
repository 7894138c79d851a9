import { secretViolations } from "@groundwork/stacks/environments/decoders/secrets";
import { synthesized } from "../support/fixture";
import { stacks } from "../support/stacks";

/** The placeholder credentials of the local cloud are not secrets. */
function withoutLocalWords(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (value === "test" && /_key$/.test(key) ? undefined : value)),
  );
}

describe("synthesized stacks", () => {
  test.each(stacks.map((stack) => [stack.node.id, stack] as const))("%s contains no secret", (id, stack) => {
    expect(secretViolations(id, withoutLocalWords(synthesized(stack))).map(({ message }) => message)).toEqual([]);
  });

  test("a planted secret is found", () => {
    const planted = {
      resource: { aws_instance: { x: { user_data: `export KEY=${["AKIA", "IOSFODNN7EXAMPLE"].join("")}` } } },
    };
    expect(secretViolations("lab-eks", planted)).toHaveLength(1);
  });
});
