import { Cidr } from "@groundwork/constructs/core/cidr";
import { type Route, lookUp } from "@groundwork/constructs/insight/reachability/model/network/routing-table";
import fc from "fast-check";
import { anyCidr } from "../../../../../support/arbitrary";

const LOCAL = { kind: "local" } as const;

function tableWith(...destinations: readonly (Cidr | string)[]): Parameters<typeof lookUp>[0] {
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
  ])("routes %s by %s, the longest prefix", (address, route) => {
    expect(found(tableWith("0.0.0.0/0", "10.0.9.77/32", "10.0.0.0/16", "10.0.9.0/24"), address)).toBe(route);
  });

  test("routes every address by the longest prefix that contains it, independent of the order", () => {
    fc.assert(
      fc.property(fc.array(anyCidr(0, 6), { maxLength: 12 }), anyCidr(32, 32), (destinations, address) => {
        const best = Math.max(-1, ...destinations.filter((one) => one.contains(address)).map(({ prefix }) => prefix));
        const expected = best === -1 ? "none" : Cidr.containing(address.first, best).toString();
        expect(found(tableWith(...destinations), address.toString())).toBe(expected);
      }),
    );
  });

  test("finds no route for other addresses", () => expect(found(tableWith("10.0.0.0/16"), "8.8.8.8/32")).toBe("none"));

  test("is unknown where a route contains only some of the addresses", () => {
    expect(found(tableWith("0.0.0.0/0", "10.0.9.0/24"), "10.0.8.0/23")).toMatch(/contains only some/);
  });

  test("is unknown with a route whose destination is known only after apply", () => {
    const routes: readonly Route[] = [
      { destination: { unknown: "later" }, target: LOCAL },
      ...tableWith("0.0.0.0/0").routes,
    ];
    expect(lookUp({ path: "table", routes, services: [] }, Cidr.parse("8.8.8.8/32"))).toEqual({
      unknown: expect.stringContaining("known only after apply"),
    });
  });
});
