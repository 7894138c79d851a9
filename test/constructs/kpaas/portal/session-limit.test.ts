import { KPB007 } from "@groundwork/constructs/kpaas/boot/rules";
import { SessionLimit } from "@groundwork/constructs/kpaas/portal/session-limit";

describe("SessionLimit", () => {
  test.each([0, -2, 1.5, NaN])("rejects %s", (sessions) => {
    expect(() => SessionLimit.of(sessions)).toViolate(KPB007, /above zero, or SessionLimit.unlimited/);
  });
});
