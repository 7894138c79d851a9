import type { Place } from "../core/violation";
import { NHN014, NHN015 } from "./rules";

/** Services that not every region has. */
export type RegionalService = "NAT gateway" | "network ACL";

/**
 * Defines a region of NHN Cloud: where its network API answers, and which services it has.
 *
 * Source: NHN Cloud's API v2 guides of VPC, NAT gateway and network ACL, which list the regions they are offered in.
 *
 * @example Region.KR1.networkUrl // https://kr1-api-network-infrastructure.nhncloudservice.com
 */
export class Region {
  /** Korea, Pangyo. */
  static readonly KR1 = new Region("KR1", ["NAT gateway", "network ACL"]);
  /** Korea, Pyeongchon. The only one where network ACLs also act on NAT gateways. */
  static readonly KR2 = new Region("KR2", ["NAT gateway", "network ACL"]);
  /** Korea, Gwangju. */
  static readonly KR3 = new Region("KR3", ["network ACL"]);
  /** Japan, Tokyo. */
  static readonly JP1 = new Region("JP1", []);

  /** The region with a name, as the service catalog spells it. */
  static of(name: string, at?: Place): Region {
    const known = [Region.KR1, Region.KR2, Region.KR3, Region.JP1];
    const region = known.find((one) => one.name === name);
    if (region === undefined)
      throw NHN015.violation({ at, given: `region "${name}"`, fix: `use one of ${known.join(", ")}, in capitals` });
    return region;
  }

  private constructor(
    /** Name as the service catalog and the OpenStack provider spell it. */
    readonly name: string,
    private readonly services: readonly RegionalService[],
  ) {}

  /** Where the region's network API answers, without a path. */
  get networkUrl(): string {
    return `https://${this.name.toLowerCase()}-api-network-infrastructure.nhncloudservice.com`;
  }

  /** Refuses a service that the region does not have. */
  demand(service: RegionalService, at: Place): void {
    if (!this.services.includes(service))
      throw NHN014.violation({
        at,
        given: `a ${service} in region ${this.name}`,
        fix: `use another region, or do without: Pangyo (KR1) and Pyeongchon (KR2) have it`,
      });
  }

  toString(): string {
    return this.name;
  }
}
