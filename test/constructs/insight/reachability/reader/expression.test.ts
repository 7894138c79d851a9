import { readEncoded } from "@groundwork/constructs/insight/reachability/reader/expression";
import { resolved } from "@groundwork/constructs/insight/reachability/reader/element";
import { Fn } from "cdktf";
import fc from "fast-check";
import { awsStack } from "../../../../support/fixture";

/** What CDKTF makes of a value. */
function encoded(value: unknown): string {
  return String(resolved(awsStack(), Fn.jsonencode(value)));
}

/** Without double quotes, which CDKTF writes into Terraform's language as they are. */
const anyText = fc.stringMatching(/^[\w .:/,{}[\]()='-]*$/);
const anyScalar = fc.oneof(anyText, fc.integer(), fc.boolean());
const anyObject = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.oneof(anyScalar, fc.array(anyScalar), fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), anyScalar)),
);

describe("an encoded object", () => {
  test("reads as what it was made of, whether CDKTF wrote it or plain JSON did", () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        expect(readEncoded(encoded(object))).toEqual(object);
        expect(readEncoded(JSON.stringify(object))).toEqual(object);
      }),
    );
  });

  test("reads quotes and lines inside of text", () => {
    const object = { description: 'says "no"\nand \\n more' };
    expect(readEncoded(JSON.stringify(object))).toEqual(object);
  });

  test("keeps references and calls as expressions", () => {
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

  test("reads names without quotes and lines without commas, as people write them", () => {
    expect(readEncoded('${jsonencode({\n  vpc = {\n    name = "lab"\n    id = var.id\n  }\n})}')).toEqual({
      vpc: { name: "lab", id: "${var.id}" },
    });
  });

  test.each(["", "nothing", "{", '{"a', '{"a" ='])("ends on %j, which is none", (text) => {
    expect(() => readEncoded(text)).not.toThrow();
  });
});
