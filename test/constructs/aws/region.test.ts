import { Region } from "@groundwork/constructs/aws/region";
import { AWS001, AWS002 } from "@groundwork/constructs/aws/rules";

describe("Region", () => {
  test("takes its first zones by number, or those named", () => {
    const region = Region.of("ap-northeast-2");
    expect(region.zones(3).letters).toEqual(["a", "b", "c"]);
    expect(region.zones("d", "a").letters).toEqual(["d", "a"]);
    expect(region.zone("a")).toBe("ap-northeast-2a");
  });

  test("knows that Tokyo's zone b is closed to new accounts", () => {
    expect(Region.of("ap-northeast-1").zones(3).letters).toEqual(["a", "c", "d"]);
  });

  test("knows its partition", () => {
    expect(["us-west-2", "cn-north-1", "us-gov-west-1"].map((name) => Region.of(name).partition)).toEqual([
      "aws",
      "aws-cn",
      "aws-us-gov",
    ]);
  });

  test("takes a region newer than the library, by a word", () => {
    expect(Region.unlisted("xx-new-1", "ab").zones(2).letters).toEqual(["a", "b"]);
  });

  test("rejects a region that does not exist, listing those that do", () => {
    expect(() => Region.of("ap-northeast-22")).toViolate(AWS001, /ap-northeast-2,/);
  });

  test.each([
    ["a zone that is not of the region", () => Region.of("us-east-2").zones("a", "d")],
    ["a zone twice", () => Region.of("us-east-2").zones("a", "a")],
    ["more zones than there are", () => Region.of("us-east-2").zones(4)],
    ["no zone", () => Region.of("us-east-2").zones(0)],
    ["a whole zone name", () => Region.of("us-east-2").zones("us-east-2a")],
  ])("rejects %s", (_, make) => {
    expect(make).toViolate(AWS002, /us-east-2 has a, b, c/);
  });
});
