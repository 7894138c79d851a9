import { Name } from "@groundwork/constructs/core/name";
import { NAM001 } from "@groundwork/constructs/core/rules";
import fc from "fast-check";

const rule = { service: "IAM role", maxLength: 64, pattern: /^[a-z0-9-]+$/ };
const at = (path: string) => ({ node: { path } });

describe("Name", () => {
  test("is the path in kebab case, without the parts that say nothing", () => {
    expect(Name.of(at("local-eks/Network/public/a/Resource")).toString()).toBe("local-eks-network-public-a");
    expect(Name.of(at("lab-eks/FlowLogs/HTTPServer/Default")).toString()).toBe("lab-eks-flow-logs-http-server");
  });

  test("keeps to the length a service takes and keeps long paths apart", () => {
    const words = fc.array(fc.stringMatching(/^[A-Z][a-z]{1,12}$/), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [first, second] = [one, other].map((parts) => Name.of(at(parts.join("/"))));
        const fitted = [first, second].map((name) => name?.fit(rule) ?? "");
        return (
          fitted.every((name) => name.length <= 64) && (String(first) === String(second)) === (fitted[0] === fitted[1])
        );
      }),
    );
  });

  test("rejects letters that the service does not take, naming the service", () => {
    expect(() => Name.check("my_role", rule, "lab/Role")).toViolate(NAM001, /at lab\/Role: IAM role name "my_role"/);
    expect(() => Name.check("x".repeat(65), rule)).toViolate(NAM001, /at most 64/);
  });

  test("takes a name that only Terraform will know", () => {
    expect(Name.check("${var.name}", rule)).toBe("${var.name}");
  });
});
