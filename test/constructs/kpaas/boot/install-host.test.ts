import { Limit } from "@groundwork/constructs/boot/limit";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { KPB004, KPB005 } from "@groundwork/constructs/kpaas/boot/rules";
import { hostProps } from "../../../support/kpaas-host";

describe("the first boot of an install host", () => {
  test("fits into the size limit of user data", () => {
    const text = installHostBoot(hostProps("6dee0c25985be96e9aa7206d13111f1966bbe9ac")).userData(Limit.NHN);
    expect(text.length).toBeLessThan(Limit.NHN.bytes);
  });

  test.each([
    ["a path outside of the checkout", { file: "../x" }],
    ["nothing to find", { find: "" }],
    ["nothing to change", { find: "same", replace: "same" }],
  ])("rejects a patch with %s", (_, part) => {
    const [patch] = hostProps("").patches;
    const whole = { name: "x", file: "x", find: "a", replace: "b", reason: "c", ...patch, ...part };
    expect(() => installHostBoot({ ...hostProps(""), patches: [whole] })).toViolate(KPB004, /a patch of/);
  });

  test.each([
    ["spaces", "export A=b c\n", /line 1, export A/],
    ["a slash", "export A=b/c\n", /line 1, export A/],
    ["no export", "A=b\n", /no export/],
    ["the forbidden name", "export A=b\n# ISTIO_GATEWAY_PRIVATE_IP\n", /the name/],
  ])("rejects variables with %s", (_, variables, message) => {
    expect(() => installHostBoot({ ...hostProps(""), variables })).toViolate(KPB005, message);
  });
});
