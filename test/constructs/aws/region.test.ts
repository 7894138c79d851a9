import { Region } from "@groundwork/constructs/aws/region";
import { AWS001, AWS002 } from "@groundwork/constructs/aws/rules";

describe("Region", () => {
  test("selects zones by number or by letters", () => {
    const region = Region.of("ap-northeast-2");
    expect(region.zones(3).letters).toEqual(["a", "b", "c"]);
    expect(region.zones("d", "a").letters).toEqual(["d", "a"]);
    expect(region.zone("a")).toBe("ap-northeast-2a");
  });

  test("omits zone b of Tokyo, which is closed to new accounts", () => {
    expect(Region.of("ap-northeast-1").zones(3).letters).toEqual(["a", "c", "d"]);
  });

  test("determines its partition", () => {
    expect(["us-west-2", "cn-north-1", "us-gov-west-1"].map((name) => Region.of(name).partition)).toEqual([
      "aws",
      "aws-cn",
      "aws-us-gov",
    ]);
  });

  test("accepts a region that the library does not know with Region.unlisted", () => {
    expect(Region.unlisted("xx-new-1", "ab").zones(2).letters).toEqual(["a", "b"]);
  });

  test("rejects an unknown region, listing the known regions", () => {
    expect(() => Region.of("ap-northeast-22")).toViolate(AWS001, /ap-northeast-2,/);
  });

  test.each([
    ["a zone that the region does not have", () => Region.of("us-east-2").zones("a", "d")],
    ["a zone twice", () => Region.of("us-east-2").zones("a", "a")],
    ["more zones than the region has", () => Region.of("us-east-2").zones(4)],
    ["no zone", () => Region.of("us-east-2").zones(0)],
    ["a whole zone name", () => Region.of("us-east-2").zones("us-east-2a")],
  ])("rejects %s", (_, zones) => {
    expect(zones).toViolate(AWS002, /us-east-2 has a, b, c/);
  });
});
