import type { Location } from "../core/violation";
import { NHN014, NHN015 } from "./rules";

/** Services that not every region offers. */
export type RegionalService = "NAT gateway" | "network ACL";

/**
 * Defines a region of NHN Cloud: the address of its network API and its services.
 *
 * Source: NHN Cloud's API v2 guides of VPC, NAT gateway and network ACL, which list the regions of each service.
 *
 * @example Region.KR1.networkUrl // https://kr1-api-network-infrastructure.nhncloudservice.com
 */
export class Region {
  /** Korea, Pangyo. */
  static readonly KR1 = new Region("KR1", ["NAT gateway", "network ACL"]);
  /** Korea, Pyeongchon. The only region where network ACLs also apply to NAT gateways. */
  static readonly KR2 = new Region("KR2", ["NAT gateway", "network ACL"]);
  /** Korea, Gwangju. */
  static readonly KR3 = new Region("KR3", ["network ACL"]);
  /** Japan, Tokyo. */
  static readonly JP1 = new Region("JP1", []);

  /** The region with the given name, spelled as in the service catalog. */
  static of(name: string, at?: Location): Region {
    const known = Region.all;
    const region = known.find((candidate) => candidate.name === name);
    if (region === undefined)
      throw NHN015.violation({ at, given: `region "${name}"`, fix: `use one of ${known.join(", ")}, in capitals` });
    return region;
  }

  private static get all(): readonly Region[] {
    return [Region.KR1, Region.KR2, Region.KR3, Region.JP1];
  }

  private constructor(
    /** Name as spelled by the service catalog and the OpenStack provider. */
    readonly name: string,
    private readonly services: readonly RegionalService[],
  ) {}

  /** Address of the region's network API, without a path. */
  get networkUrl(): string {
    return `https://${this.name.toLowerCase()}-api-network-infrastructure.nhncloudservice.com`;
  }

  /** Rejects a service that the region does not offer. */
  require(service: RegionalService, at: Location): void {
    if (!this.services.includes(service))
      throw NHN014.violation({
        at,
        given: `a ${service} in region ${this.name}`,
        fix: `use ${Region.all.filter(({ services }) => services.includes(service)).join(" or ")}, or omit the service`,
      });
  }

  /** Name of the region. */
  toString(): string {
    return this.name;
  }
}
