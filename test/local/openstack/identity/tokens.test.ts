import { CREDENTIALS } from "@groundwork/local/openstack/account";
import { Tokens } from "@groundwork/local/openstack/identity/tokens";

describe("tokens", () => {
  test("are issued to the only user of the only project", () => {
    const tokens = new Tokens();
    for (const wrong of [{ username: "other" }, { password: "other" }, { tenantId: "other" }])
      expect(() => tokens.issue({ ...CREDENTIALS, ...wrong })).toThrow(/requires authentication/);
    const { id } = tokens.issue(CREDENTIALS);
    expect(() => tokens.check(id)).not.toThrow();
  });

  test("expire after twelve hours", () => {
    let now = 0;
    const tokens = new Tokens(() => now);
    const { id } = tokens.issue(CREDENTIALS);
    now = 12 * 60 * 60 * 1000 - 1;
    expect(() => tokens.check(id)).not.toThrow();
    now += 1;
    expect(() => tokens.check(id)).toThrow(/requires authentication/);
  });

  test("are rejected when they were not issued", () => {
    expect(() => new Tokens().check("unknown")).toThrow(/requires authentication/);
    expect(() => new Tokens().check(undefined)).toThrow(/requires authentication/);
  });
});
