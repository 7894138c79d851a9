import { readEncoded } from "@groundwork/constructs/insight/reachability/reader/expression";
import { resolved } from "@groundwork/constructs/insight/reachability/reader/element";
import { Fn } from "cdktf";
import fc from "fast-check";
import { awsStack } from "../../../../support/fixture";

/** The expression that CDKTF generates for a value. */
function encoded(value: unknown): string {
  return String(resolved(awsStack(), Fn.jsonencode(value)));
}

/** Without double quotes, which CDKTF does not escape. */
const anyText = fc.stringMatching(/^[\w .:/,{}[\]()='-]*$/);
const anyScalar = fc.oneof(anyText, fc.integer(), fc.boolean());
const anyObject = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.oneof(anyScalar, fc.array(anyScalar), fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), anyScalar)),
);

describe("an encoded object", () => {
  test("is parsed to the original value, as CDKTF expression and as JSON", () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        expect(readEncoded(encoded(object))).toEqual(object);
        expect(readEncoded(JSON.stringify(object))).toEqual(object);
      }),
    );
  });

  test("may contain quotes and line breaks in strings", () => {
    const object = { description: 'reports "no"\nand \\n more' };
    expect(readEncoded(JSON.stringify(object))).toEqual(object);
  });

  test("keeps references and function calls as expressions", () => {
    const text =
      '${jsonencode({"route" = {"table" = restapi_object.t.id, "gateway" = jsondecode(restapi_object.n["a"].create_response).natgateway.fixed_ip, "cidr" = "0.0.0.0/0"}})}';
    expect(readEncoded(text)).toEqual({
      route: {
        table: "${restapi_object.t.id}",
        gateway: '${jsondecode(restapi_object.n["a"].create_response).natgateway.fixed_ip}',
        cidr: "0.0.0.0/0",
      },
    });
  });

  test("may have unquoted names, and line breaks instead of commas", () => {
    expect(readEncoded('${jsonencode({\n  vpc = {\n    name = "lab"\n    id = var.id\n  }\n})}')).toEqual({
      vpc: { name: "lab", id: "${var.id}" },
    });
  });

  test.each(["", "nothing", "{", '{"a', '{"a" ='])("does not fail on the invalid text %j", (text) => {
    expect(() => readEncoded(text)).not.toThrow();
  });
});
