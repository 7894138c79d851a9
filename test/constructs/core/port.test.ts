import { Port } from "@groundwork/constructs/core/port";
import { PRT001 } from "@groundwork/constructs/core/rules";

describe("Port", () => {
  test.each([
    [Port.HTTPS, "tcp 443"],
    [Port.tcpRange(30000, 32767), "tcp 30000-32767"],
    [Port.udp(53), "udp 53"],
    [Port.udpRange(1, 2), "udp 1-2"],
    [Port.ALL, "all"],
  ])("is printed with its protocol", (port, text) => expect(port.toString()).toBe(text));

  test.each([() => Port.tcp(-1), () => Port.tcp(65536), () => Port.udp(1.5), () => Port.tcpRange(10, 9)])(
    "rejects invalid ports",
    (port) => expect(port).toViolate(PRT001),
  );

  test("lists the administration ports in its range", () => {
    expect(Port.SSH.administration).toEqual([22]);
    expect(Port.tcpRange(3000, 4000).administration).toEqual([3306, 3389]);
    expect(Port.ALL.administration).toContain(22);
    expect([Port.HTTP, Port.HTTPS, Port.udp(22)].flatMap((port) => port.administration)).toEqual([]);
  });

  test("contains a narrower range of the same protocol only", () => {
    expect(Port.ALL.contains(Port.udp(53))).toBe(true);
    expect(Port.ALL_TCP.contains(Port.SSH)).toBe(true);
    expect(Port.tcpRange(20, 30).contains(Port.tcpRange(25, 31))).toBe(false);
    expect(Port.tcpRange(20, 30).contains(Port.tcpRange(19, 30))).toBe(false);
    expect(Port.ALL_TCP.contains(Port.udp(53))).toBe(false);
  });
});
