import { Region } from "@groundwork/constructs/nhn/region";
import { NHN015 } from "@groundwork/constructs/nhn/rules";

describe("Region", () => {
  test("has a network API with its name in lower case", () => {
    expect(Region.of("KR2").networkUrl).toBe("https://kr2-api-network-infrastructure.nhncloudservice.com");
  });

  test.each(["kr1", "KR9", ""])('rejects "%s"', (name) => {
    expect(() => Region.of(name, "environments/lab.ts: nhn.region")).toViolate(NHN015, /environments\/lab\.ts.*KR1/);
  });
});
