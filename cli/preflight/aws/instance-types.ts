import { EC2Client, paginateDescribeInstanceTypeOfferings } from "@aws-sdk/client-ec2";
import { allItems } from "../../aws/pages";
import { anyCheck, type Check } from "../check";
import { nearest } from "../nearest";
import type { AwsCloud } from "./cloud";
import { startedMachines } from "./machines";

/** The region, and the types that it offers. */
export interface TypeSupply {
  readonly region: string;
  readonly types: readonly string[];
}

/** Whether the region offers the types of all machines. */
export const instanceTypeCheck: Check<AwsCloud, readonly string[], TypeSupply> = {
  name: "instance types",
  needs: (plan) => {
    const types = new Set(startedMachines(plan).map(({ instanceType }) => instanceType));
    return types.size === 0 ? undefined : [...types];
  },
  supply: async ({ session, region }) => {
    const client = session.client(EC2Client);
    const pages = paginateDescribeInstanceTypeOfferings({ client }, { LocationType: "region" });
    const offers = await allItems(pages, ({ InstanceTypeOfferings }) => InstanceTypeOfferings);
    return { region, types: offers.map(({ InstanceType }) => String(InstanceType)) };
  },
  compare: (needs, { region, types }) =>
    needs
      .filter((type) => !types.includes(type))
      .map((type) => ({
        needed: `instance type ${type}`,
        available: `${region} does not offer it${nearest(type, types)}`,
        fix: "choose one of aws ec2 describe-instance-type-offerings",
      })),
};

export const instanceTypes = anyCheck(instanceTypeCheck);
