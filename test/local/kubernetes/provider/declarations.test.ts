import { Declarations } from "@groundwork/local/kubernetes/provider/declarations";

describe("Declarations", () => {
  const service = Declarations.of("@cdktf/provider-kubernetes", "service-v1").block();
  const release = Declarations.of("@cdktf/provider-helm", "release").block();

  test("contain which attributes are required, optional and computed", () => {
    const metadata = service.blocks["metadata"]?.block.attributes;
    expect(metadata).toMatchObject({
      name: { type: "string", optional: true, computed: true, required: false },
      labels: { type: ["map", "string"], optional: true, computed: false },
      uid: { type: "string", optional: false, computed: true },
    });
    expect(service.blocks["spec"]?.block.blocks["port"]?.block.attributes["port"]).toEqual({
      type: "number",
      required: true,
      optional: false,
      computed: false,
    });
  });

  test("contain how often a block may occur", () => {
    expect(service.blocks["metadata"]).toMatchObject({ nesting: "list", minItems: 1, maxItems: 1 });
    expect(service.blocks["spec"]?.block.blocks["port"]).toMatchObject({ nesting: "list", minItems: 0, maxItems: 0 });
    expect(service.blocks["timeouts"]).toMatchObject({ nesting: "single" });
  });

  test("distinguish sets from lists", () => {
    const spec = service.blocks["spec"]?.block.attributes;
    expect([spec?.["external_ips"]?.type, spec?.["cluster_ips"]?.type]).toEqual([
      ["set", "string"],
      ["list", "string"],
    ]);
  });

  test("contain the type of a read-only object", () => {
    const address = ["list", ["object", { hostname: "string", ip: "string" }]];
    const loadBalancer = ["list", ["object", { ingress: address }]];
    expect(service.attributes["status"]).toMatchObject({
      type: ["list", ["object", { load_balancer: loadBalancer }]],
      computed: true,
    });
  });

  test("contain the nested attributes that newer providers have instead of blocks", () => {
    expect(release.blocks).toEqual({});
    expect(release.attributes["set"]?.nested).toMatchObject({
      nesting: "list",
      attributes: { name: { required: true }, value: { optional: true } },
    });
    expect(release.attributes["postrender"]?.nested?.nesting).toBe("single");
    expect(release.attributes["resources"]?.type).toEqual(["map", "string"]);
  });

  test("contain the arguments of the providers", () => {
    const kubernetes = Declarations.of("@cdktf/provider-kubernetes", "provider").block();
    expect(kubernetes.blocks["exec"]?.block.attributes).toMatchObject({
      api_version: { required: true },
      args: { type: ["list", "string"], optional: true },
    });
    expect(kubernetes.attributes["alias"]).toBeUndefined();
    const helm = Declarations.of("@cdktf/provider-helm", "provider").block();
    expect(helm.attributes["kubernetes"]?.nested?.attributes["exec"]?.nested?.attributes["command"]?.required).toBe(
      true,
    );
  });

  test("fail without a declaration", () => {
    expect(() => new Declarations("export class Nothing {}").block()).toThrow("no resource and no provider");
  });
});
