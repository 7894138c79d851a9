import { beforePort, isHost, parseHostAddress } from "@groundwork/cli/kpaas/host-address";
import fc from "fast-check";
import { anyHostile, HOSTILE } from "../../support/hostile";

describe("a host", () => {
  test.each([
    "203.0.113.5",
    "2001:db8::5",
    "::ffff:10.0.0.1",
    "bastion",
    "a-b.example.com",
    "example.com.",
    "ssh_alias",
    "198.51.100.7.nip.io",
  ])("is %s", (text) => {
    expect(isHost(text)).toBe(true);
  });

  test.each([
    ...HOSTILE.filter((text) => text !== ".."),
    "..",
    "203.0.113",
    "127.1",
    "2130706433",
    "0x7f.1",
    "10.0.0.256",
    "010.0.0.1",
    "fe80::1%eth0",
    "-x.example.com",
    "a..b",
    "a b",
    "a/b",
    "a@b",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(127)}com`,
    "203.0.113.5\n",
    "пример.рф",
  ])("is not %j", (text) => {
    expect(isHost(text)).toBe(false);
  });
});

describe("an address with a port", () => {
  test.each([
    ["203.0.113.5", { host: "203.0.113.5" }],
    ["203.0.113.5:2222", { host: "203.0.113.5", port: 2222 }],
    ["bastion.example.com:22", { host: "bastion.example.com", port: 22 }],
    ["2001:db8::5", { host: "2001:db8::5" }],
    ["[2001:db8::5]:2222", { host: "2001:db8::5", port: 2222 }],
    ["[2001:db8::5]", { host: "2001:db8::5" }],
  ])("is %s", (text, expected) => {
    expect(parseHostAddress(text)).toEqual(expected);
  });

  test.each(["a:0", "a:65536", "a:", ":22", "[a]:22", "[10.0.0.1]:22", "a:22:22", "u@a:22", "[::1", "a:22\n", "a:-1"])(
    "is not %j",
    (text) => {
      expect(parseHostAddress(text)).toBeUndefined();
    },
  );

  test("is a single word of a shell, an option of ssh or nothing", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        const host = parseHostAddress(text)?.host;
        if (host !== undefined) expect(host).toMatch(/^[A-Za-z0-9_:.][A-Za-z0-9_:.-]*$/);
      }),
    );
  });

  test("has brackets around an IPv6 address before a port", () => {
    expect(["2001:db8::5", "10.0.0.1", "a.example"].map(beforePort)).toEqual([
      "[2001:db8::5]",
      "10.0.0.1",
      "a.example",
    ]);
  });
});
