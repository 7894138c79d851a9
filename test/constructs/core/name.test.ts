import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Name } from "@groundwork/constructs/core/name";
import { NAM001, NAM002, NAM003, NAM004 } from "@groundwork/constructs/core/rules";
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { synthesized, testApp } from "../../support/fixture";

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

  test.each([
    ["lab/Web Server", "lab-web-server"],
    ["lab/Größe", "lab-gr--e"],
    ["lab/${x} %{y}", "lab---x----y-"],
    ["lab/a_b.c", "lab-a-b-c"],
  ])("writes a hyphen for each character of %s that the service does not accept", (path, name) => {
    expect(Name.of(at(path)).fit(rule)).toBe(name);
  });

  test("rejects a generated name whose beginning the service does not accept", () => {
    const label = { service: "label", maxLength: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ };
    expect(() => Name.of(at("1st/Web")).fit(label)).toViolate(NAM001, /at 1st\/Web: label name "1st-web"/);
  });

  test("rejects characters that the service does not accept, naming the service", () => {
    expect(() => Name.check("my_role", rule, "lab/Role")).toViolate(NAM001, /at lab\/Role: IAM role name "my_role"/);
    expect(() => Name.check("x".repeat(65), rule)).toViolate(NAM001, /at most 64/);
  });

  test("accepts a name that is known only at apply", () => {
    expect(Name.check("${TfToken[TOKEN.1]}", rule)).toBe("${TfToken[TOKEN.1]}");
  });

  test("is the value of a tag of at most 256 characters, which Terraform does not evaluate", () => {
    expect(Name.of(at(`lab/${"Part/".repeat(80)}`)).tag("-unused")).toHaveLength(256);
    expect(Name.of(at("lab/a ${x} %{y}")).tag()).toBe("lab-a $${x} %%{y}");
  });

  /** A construct at a path below an app with the given stacks. */
  const tree = () => {
    const app = testApp();
    const made = new Map<string, Construct>();
    const find = (path: string): Construct => {
      const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
      const id = path.slice(path.lastIndexOf("/") + 1);
      const found = made.get(path) ?? (parent === "" ? new TerraformStack(app, id) : new Construct(find(parent), id));
      made.set(path, found);
      return found;
    };
    return find;
  };

  test.each([
    ["shop/a/b-c", "shop/a-b/c"],
    ["shop/WebApp", "shop/web-app"],
    ["shop/API", "shop/api"],
    ["shop/shopID", "shop/ShopId"],
    ["shop/X/Resource/Y", "shop/X/Y"],
    ["shop/X/Default/Y", "shop/X/Y"],
    ["shop/EksDeploy", "shop-eks/Deploy"],
    [`shop/${"Long".repeat(30)}/b-c`, `shop/${"Long".repeat(30)}-b/c`],
  ])("rejects the same generated name of %s and %s", (one, other) => {
    const find = tree();
    Name.of(find(one)).fit(rule);
    expect(() => Name.of(find(other)).fit(rule)).toViolate(NAM002, /which shop\/.* has; rename one of the two/);
  });

  test("accepts the same name for resources of other types, in other apps, as a prefix, and as a tag", () => {
    const find = tree();
    const [one, other] = [find("shop/a/b-c"), find("shop/a-b/c")];
    Name.of(one).fit(rule);
    expect(Name.of(one).fit(rule)).toBe("shop-a-b-c");
    expect(Name.of(other).fit({ ...rule, service: "log group" })).toBe("shop-a-b-c");
    expect(Name.of(tree()("shop/a-b/c")).fit(rule)).toBe("shop-a-b-c");
    expect([Name.of(other).prefix(rule), Name.of(other).tag()]).toEqual(["shop-a-b-c", "shop-a-b-c"]);
  });

  test("distinguishes all generated names of an app, or rejects them", () => {
    const id = fc.stringMatching(/^[a-zA-Z]{1,2}(-[a-z])?$/).filter((text) => !/^(default|resource)$/i.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(fc.array(id, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (paths) => {
        const find = tree();
        const names = new Map<string, string>();
        for (const path of paths.map((ids) => ["shop", ...ids].join("/"))) {
          try {
            const name = Name.of(find(path)).fit(rule);
            if (names.has(name) && names.get(name) !== path) return false;
            names.set(name, path);
          } catch (error) {
            expect(String(error)).toContain("NAM002");
          }
        }
        return true;
      }),
    );
  });

  describe("given by the user", () => {
    const role = { service: "IAM role", maxLength: 64, pattern: /^[\w-]+$/, ignoresCase: true };

    test("belongs to one construct of a stack", () => {
      const find = tree();
      Name.claim("deploy", role, find("shop/A"));
      expect(Name.claim("deploy", role, find("shop/A"))).toBe("deploy");
      expect(() => Name.claim("Deploy", role, find("shop/B"))).toViolate(
        NAM002,
        /at shop\/B: IAM role name "Deploy", which shop\/A has; choose another name/,
      );
      expect(Name.claim("Deploy", { ...role, ignoresCase: false, service: "log group" }, find("shop/C"))).toBe(
        "Deploy",
      );
    });

    test("differs from the generated names of its stack", () => {
      const find = tree();
      Name.of(find("shop/A")).fit(role);
      expect(() => Name.claim("shop-a", role, find("shop/B"))).toViolate(NAM002, /which shop\/A has/);
      expect(Name.claim("shop-a", role, find("other/B"))).toBe("shop-a");
    });

    test("may occur in stacks of different accounts only, where the accounts are known", () => {
      const find = tree();
      Name.claim("deploy", role, find("lab-eks/A"), "111122223333");
      expect(Name.claim("deploy", role, find("local-eks/A"), "000000000000")).toBe("deploy");
      expect(Name.claim("deploy", role, find("other/A"))).toBe("deploy");
      expect(() => Name.claim("deploy", role, find("lab-gitlab/A"), "111122223333")).toViolate(NAM002, /lab-eks\/A/);
    });

    test("is not compared when it is known only at apply", () => {
      const find = tree();
      for (const path of ["shop/A", "shop/B"])
        expect(Name.claim("${TfToken[TOKEN.1]}", role, find(path))).toBe("${TfToken[TOKEN.1]}");
      expect(() => Name.claim("a b", role, find("shop/C"))).toViolate(NAM001);
    });
  });

  test("rejects two resources with one Terraform address, of which CDKTF would keep one", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const [plain, outer] = [new Construct(stack, "X"), new Construct(stack, "Y")];
    const wrapped = new Construct(outer, "Default");
    Name.of(plain).toString();
    new TerraformOutput(plain, "Z", { value: 1 });
    expect(() => synthesized(stack)).not.toThrow();
    new TerraformOutput(wrapped, "Z", { value: 2 });
    new TerraformOutput(new Construct(stack, "Y2"), "Z", { value: 3 });
    expect(() => synthesized(stack)).not.toThrow();
    new TerraformOutput(outer, "Z", { value: 4 });
    expect(() => synthesized(stack)).toViolate(NAM003, /at shop\/Y\/Z: the address .*, which shop\/Y\/Default\/Z has/);
  });

  test.each(["1a", "-a", "é1", ".2"])(
    "rejects the id %s below a stack, whose address Terraform does not read",
    (id) => {
      const stack = new TerraformStack(Testing.app(), "shop");
      const scope = new Construct(stack, id);
      Name.of(scope).toString();
      new TerraformOutput(scope, "Z", { value: 1 });
      expect(() => synthesized(stack)).toViolate(NAM004, /begin the id of the construct below the stack with a letter/);
    },
  );

  test("accepts such ids for providers, and below other constructs", () => {
    const stack = new TerraformStack(Testing.app(), "1shop");
    new AwsProvider(stack, "2nd", { region: "eu-west-1" });
    const scope = new Construct(new Construct(stack, "A"), "1");
    Name.of(scope).toString();
    new TerraformOutput(scope, "_", { value: 1 });
    expect(() => synthesized(stack)).not.toThrow();
  });
});
