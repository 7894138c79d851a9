import { Name } from "@groundwork/constructs/core/name";
import { NAM001 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";

const rule = { service: "IAM role", maxLength: 64, pattern: /^[a-z0-9-]+$/ };
const at = (path: string) => ({ node: { path } });

describe("Name", () => {
  test("is the path in kebab case, without `Resource` and `Default`", () => {
    expect(Name.of(at("local-eks/Network/public/a/Resource")).toString()).toBe("local-eks-network-public-a");
    expect(Name.of(at("lab-eks/FlowLogs/HTTPServer/Default")).toString()).toBe("lab-eks-flow-logs-http-server");
  });

  test("fits the maximum length of a service and distinguishes long paths", () => {
    const parts = fc.array(fc.stringMatching(/^[A-Z][a-z]{1,12}$/), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(parts, parts, (path, otherPath) => {
        const [first, second] = [path, otherPath].map((names) => Name.of(at(names.join("/"))));
        const fitted = [first, second].map((name) => name?.fit(rule) ?? "");
        return (
          fitted.every((name) => name.length <= 64) && (String(first) === String(second)) === (fitted[0] === fitted[1])
        );
      }),
    );
  });

  test("rejects characters that the service does not accept, naming the service", () => {
    expect(() => Name.check("my_role", rule, "lab/Role")).toViolate(NAM001, /at lab\/Role: IAM role name "my_role"/);
    expect(() => Name.check("x".repeat(65), rule)).toViolate(NAM001, /at most 64/);
  });

  test("accepts a name that is known only at apply", () => {
    expect(Name.check("${var.name}", rule)).toBe("${var.name}");
  });
});
