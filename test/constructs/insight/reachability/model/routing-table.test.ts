import { Cidr } from "@groundwork/constructs/core/cidr";
import type { Route } from "@groundwork/constructs/insight/reachability/model/routing-table";
import { lookUp } from "@groundwork/constructs/insight/reachability/model/routing-table";
import fc from "fast-check";
import { anyCidr } from "../../../../support/arbitrary";

const LOCAL = { kind: "local" } as const;

function tableOf(...destinations: readonly (Cidr | string)[]): Parameters<typeof lookUp>[0] {
  const routes = destinations.map((one): Route => ({
    destination: typeof one === "string" ? Cidr.parse(one) : one,
    target: LOCAL,
  }));
  return { path: "table", routes, services: [] };
}

function found(table: Parameters<typeof lookUp>[0], address: string): string {
  const result = lookUp(table, Cidr.parse(address));
  if ("route" in result) return result.route.destination.toString();
  return "none" in result ? "none" : result.unknown;
}

describe("a routing table", () => {
  test.each([
    ["10.0.0.5/32", "10.0.0.0/16"],
    ["10.0.9.5/32", "10.0.9.0/24"],
    ["10.0.9.77/32", "10.0.9.77/32"],
    ["203.0.113.9/32", "0.0.0.0/0"],
  ])("leads %s by %s, the longest prefix", (address, route) => {
    expect(found(tableOf("0.0.0.0/0", "10.0.9.77/32", "10.0.0.0/16", "10.0.9.0/24"), address)).toBe(route);
  });

  test("leads every address by the longest of the routes that hold it, in whatever order they stand", () => {
    fc.assert(
      fc.property(fc.array(anyCidr(0, 6), { maxLength: 12 }), anyCidr(32, 32), (destinations, address) => {
        const best = Math.max(-1, ...destinations.filter((one) => one.contains(address)).map(({ prefix }) => prefix));
        const expected = best === -1 ? "none" : Cidr.containing(address.first, best).toString();
        expect(found(tableOf(...destinations), address.toString())).toBe(expected);
      }),
    );
  });

  test("leads nowhere without a route", () => expect(found(tableOf("10.0.0.0/16"), "8.8.8.8/32")).toBe("none"));

  test("does not tell where a route leads that holds only some of the addresses", () => {
    expect(found(tableOf("0.0.0.0/0", "10.0.9.0/24"), "10.0.8.0/23")).toMatch(/holds only some/);
  });

  test("does not tell anything beside a route whose block is known at apply only", () => {
    const routes: readonly Route[] = [
      { destination: { unknown: "later" }, target: LOCAL },
      ...tableOf("0.0.0.0/0").routes,
    ];
    expect(lookUp({ path: "table", routes, services: [] }, Cidr.parse("8.8.8.8/32"))).toEqual({
      unknown: expect.stringContaining("known at apply only"),
    });
  });
});
