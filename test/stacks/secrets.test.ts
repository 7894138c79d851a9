import { secretViolations } from "@groundwork/stacks/environments/secrets";
import { synthesized } from "../support/fixture";
import { stacks } from "../support/stacks";

/** The words that lead to the local cloud are no secrets: no AWS account has them. */
function withoutLocalWords(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (value === "test" && /_key$/.test(key) ? undefined : value)),
  );
}

describe("synthesized stacks", () => {
  test.each(stacks.map((stack) => [stack.node.id, stack] as const))("%s hold no secret", (id, stack) => {
    expect(secretViolations(id, withoutLocalWords(synthesized(stack))).map(({ message }) => message)).toEqual([]);
  });

  test("would be caught with one", () => {
    const planted = {
      resource: { aws_instance: { x: { user_data: `export KEY=${["AKIA", "IOSFODNN7EXAMPLE"].join("")}` } } },
    };
    expect(secretViolations("lab-eks", planted)).toHaveLength(1);
  });
});
