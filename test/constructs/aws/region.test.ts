import { Region } from "@groundwork/constructs/aws/region";
import { AWS001, AWS002 } from "@groundwork/constructs/aws/rules";
import { ZONES } from "@groundwork/constructs/aws/zones";

describe("Region", () => {
  test("selects zones by number or by letters", () => {
    const region = Region.of("ap-northeast-2");
    expect(region.zones(3).letters).toEqual(["a", "b", "c"]);
    expect(region.zones("d", "a").letters).toEqual(["d", "a"]);
    expect(region.zone("a")).toBe("ap-northeast-2a");
  });

  test.each([
    ["us-west-1", 2, 3],
    ["ap-northeast-1", 4, 5],
  ])("requires letters in %s, where accounts have different zones", (name, most, more) => {
    const region = Region.of(name);
    for (let count = 1; count <= most; count += 1)
      expect(() => region.zones(count)).toViolate(
        AWS002,
        /accounts have different zones there: list up to \d of a, b, c/,
      );
    const letters = [...(ZONES.get(name)?.letters ?? "")];
    const [first = "", ...others] = letters.slice(-most);
    expect(region.zones(first, ...others).letters).toHaveLength(most);
    if (letters.length >= more)
      expect(() => region.zones(letters[0] ?? "", ...letters.slice(1, more))).toViolate(AWS002, /list up to 2/);
  });

  test.each([...ZONES].filter(([, { perAccount }]) => perAccount === undefined))(
    "selects the zones of %s by every number up to their count, in one order",
    (name, { letters }) => {
      const region = Region.of(name);
      for (let count = 1; count <= letters.length; count += 1)
        expect(region.zones(count).letters.join("")).toBe(letters.slice(0, count));
      expect(() => region.zones(letters.length + 1)).toViolate(AWS002);
    },
  );

  test.each([
    ["us-west-2", "aws", "amazonaws.com"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
    ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
    ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ])("determines the partition and the domain of %s", (name, partition, domain) => {
    const region = ZONES.has(name) ? Region.of(name) : Region.unlisted(name, "ab");
    expect([region.partition, region.domain]).toEqual([partition, domain]);
  });

  test("accepts a region that the library does not know with Region.unlisted", () => {
    expect(Region.unlisted("xx-new-1", "ab").zones(2).letters).toEqual(["a", "b"]);
  });

  test("rejects an unknown region, listing the known regions", () => {
    expect(() => Region.of("ap-northeast-22")).toViolate(AWS001, /ap-northeast-2,/);
  });

  test.each(["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf", "", "us-east-2 "])(
    "rejects %p, which is a property of every object and no region, or misspelled",
    (name) => expect(() => Region.of(name)).toViolate(AWS001),
  );

  test.each([
    ["us east 1", "abc", AWS001],
    ["${TfToken[TOKEN.1]}", "abc", AWS001],
    ["xx-new-1", "", AWS002],
    ["xx-new-1", "aa", AWS002],
    ["xx-new-1", "az", AWS002],
    ["xx-new-1", "a,b", AWS002],
  ])("rejects Region.unlisted(%p, %p)", (name, letters, rule) => {
    expect(() => Region.unlisted(name, letters)).toViolate(rule);
  });

  test.each([
    ["two letters in one", () => Region.of("us-east-2").zones("ab")],
    ["an empty letter", () => Region.of("us-east-2").zones("")],
    ["part of a zone", () => Region.of("us-east-2").zones(1.5)],
    ["a negative number", () => Region.of("us-east-2").zones(-1)],
    ["no number", () => Region.of("us-east-2").zones(NaN)],
    ["a zone that the region does not have", () => Region.of("us-east-2").zones("a", "d")],
    ["a zone twice", () => Region.of("us-east-2").zones("a", "a")],
    ["more zones than the region has", () => Region.of("us-east-2").zones(4)],
    ["no zone", () => Region.of("us-east-2").zones(0)],
    ["a whole zone name", () => Region.of("us-east-2").zones("us-east-2a")],
  ])("rejects %s", (_, zones) => {
    expect(zones).toViolate(AWS002, /us-east-2 has a, b, c/);
  });
});
