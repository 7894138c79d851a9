import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { anyCheck, type Check } from "../check";
import type { AwsCloud } from "./cloud";

/** Types of resources that name a zone. */
const TYPES = ["aws_subnet", "aws_ebs_volume", "aws_instance"];

/** Whether the account has the availability zones: not every account has every zone of a region. */
export const zoneCheck: Check<AwsCloud, readonly string[], readonly string[]> = {
  name: "availability zones",
  needs: (plan) => {
    const zones = TYPES.flatMap((type) => plan.created(type).map((resource) => resource.text("availability_zone")));
    const named = new Set(zones.filter((zone) => zone !== undefined));
    return named.size === 0 ? undefined : [...named];
  },
  supply: async ({ session }) => {
    const { AvailabilityZones: zones = [] } = await session
      .client(EC2Client)
      .send(new DescribeAvailabilityZonesCommand({}));
    return zones.filter(({ State }) => State === "available").map(({ ZoneName = "" }) => ZoneName);
  },
  compare: (needs, supply) =>
    needs
      .filter((zone) => !supply.includes(zone))
      .map((zone) => ({
        needed: `availability zone ${zone}`,
        available: `the zones of the account are ${supply.join(", ") || "none"}`,
        fix: "choose others in the environment file",
      })),
};

export const zones = anyCheck(zoneCheck);
