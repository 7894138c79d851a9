import { Limit } from "@groundwork/constructs/boot/limit";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { KPB006 } from "@groundwork/constructs/kpaas/boot/rules";
import { hostProps } from "../../../support/kpaas-host";
import { DOMAIN } from "../../../support/kpaas-portal";

describe("the portal's phases", () => {
  test("fit, with all earlier phases, into the size limit of user data", () => {
    const portal = Portal.of({
      archive: "https://a.example.com",
      cloud: "nhn",
      masterAddress: "x",
      hostDomain: DOMAIN,
    });
    expect(installHostBoot({ ...hostProps("0"), portal }).userData(Limit.NHN).length).toBeLessThan(Limit.NHN.bytes);
  });

  test.each(["198.51.100.8", "portal", "Portal.example.com", "a..example.com"])(
    "rejects the domain %s",
    (hostDomain) => {
      const create = () => Portal.of({ archive: "x", cloud: "nhn", masterAddress: "x", hostDomain });
      expect(create).toViolate(KPB006, /such as 198.51.100.8.nip.io/);
    },
  );
});
