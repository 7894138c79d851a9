import { Port } from "@groundwork/constructs/core/port";
import { Block } from "@groundwork/constructs/insight/reachability/reader/block";
import { trafficOf } from "@groundwork/constructs/insight/reachability/reader/traffic";

const NAMES = { protocol: "protocol", from: "from_port", to: "to_port" };

function read(values: Readonly<Record<string, unknown>>): ReturnType<typeof trafficOf> {
  return trafficOf(new Block(values), NAMES);
}

describe("the traffic of a rule", () => {
  test.each([
    [{ protocol: "-1", from_port: 0, to_port: 0 }, Port.ALL],
    [{}, Port.ALL],
    [{ protocol: "6", from_port: 80, to_port: 80 }, Port.HTTP],
    [{ protocol: "TCP", from_port: 443 }, Port.HTTPS],
    [{ protocol: "udp" }, Port.ALL_UDP],
    [{ protocol: "17", from_port: "53", to_port: "53" }, Port.DNS_UDP],
    [{ protocol: "1", from_port: -1, to_port: -1 }, Port.ALL_ICMP],
    [{ protocol: "icmp" }, Port.ALL_ICMP],
  ])("%j is distinguished", (values, port) => expect(read(values)).toEqual(port));

  test.each([{ protocol: "50" }, { protocol: "icmpv6" }, { protocol: "gre" }])("%j is not distinguished", (values) => {
    expect(read(values)).toBeUndefined();
  });

  test.each([
    { protocol: "${var.protocol}" },
    { protocol: "tcp", from_port: "${var.port}" },
    { protocol: "icmp", from_port: 8, to_port: 0 },
  ])("%j is unknown", (values) => expect(read(values)).toHaveProperty("unknown"));

  test("reads the ICMP type from another argument", () => {
    const block = new Block({ protocol: "1", from_port: 0, to_port: 0, icmp_type: -1 });
    expect(trafficOf(block, { ...NAMES, icmpType: "icmp_type" })).toEqual(Port.ALL_ICMP);
  });
});
