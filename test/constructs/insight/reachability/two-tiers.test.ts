import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { awsTwoTiers, nhnTwoTiers, OFFICE, openstackTwoTiers } from "../../../support/two-tiers";

const INTERNET = Peer.internet();

/** The common behavior of the two-tier network on three clouds, with the component through which private machines reach the internet. */
describe.each([
  ["AWS", awsTwoTiers, "NAT gateway test/Network/nat/a"],
  ["NHN Cloud", nhnTwoTiers, "NAT gateway test/Network/NatGateway"],
  ["OpenStack", openstackTwoTiers, "test/Router translates to its own address"],
] as const)("the two-tier network on %s", (_, create, egress) => {
  const { stack, web, bastion, worker } = create();
  const traffic = reachability(stack);

  test("permits traffic from the internet to public machines on open ports", () => {
    expect(traffic.from(INTERNET).to(web, Port.HTTP).toString()).toMatch(/: passes\n/);
    expect(traffic.from(INTERNET).to(web, Port.HTTPS).verdict).toBe("blocked");
    expect(traffic.from(INTERNET).to(web, Port.SSH).verdict).toBe("blocked");
  });

  test("permits outbound traffic of private machines, and its replies", () => {
    for (const port of [Port.HTTPS, Port.DNS_UDP]) {
      const out = traffic.from(worker).to(INTERNET, port);
      expect(out.toString()).toContain(egress);
      expect(out.verdict).toBe("passes");
    }
  });

  test("blocks traffic from the internet to private machines", () => {
    expect(traffic.from(INTERNET).to(worker, Port.ALL).verdict).toBe("blocked");
  });

  test("permits administration of private machines through the bastion only", () => {
    expect(traffic.from(OFFICE).to(bastion, Port.SSH).verdict).toBe("passes");
    expect(traffic.from(bastion).to(worker, Port.SSH).verdict).toBe("passes");
    const others = [traffic.from(OFFICE).to(worker, Port.SSH), traffic.from(web).to(worker, Port.SSH)];
    expect(others.map(({ verdict }) => verdict)).toEqual(["blocked", "blocked"]);
    expect(traffic.from(INTERNET).to(bastion, Port.SSH).verdict).toBe("partly");
    expect(traffic.from(Peer.ipv4("198.51.100.0/24")).to(bastion, Port.ALL).verdict).toBe("blocked");
  });
});
