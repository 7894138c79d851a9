import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { AwsSession } from "../../aws/aws-session";
import { anyCheck, type Check, type Problem } from "../check";
import type { Plan } from "../plan";
import { orUndefined } from "../../aws/aws-errors";
import type { AwsCloud } from "./cloud";

/** A certificate that exists already. */
export interface CertificateNeed {
  readonly arn: string;
  /** Whether CloudFront uses it, whose certificates are in one region. */
  readonly isOfCloudFront: boolean;
}

/** The region and account of the stacks, and the status of the certificates in them. */
export interface CertificateSupply {
  readonly region: string;
  readonly account: string;
  /** Status by ARN; missing for a certificate that does not exist, or that is elsewhere. */
  readonly status: Readonly<Record<string, string | undefined>>;
}

/** Region of CloudFront's certificates. */
const CLOUDFRONT_REGION = "us-east-1";

const ARN = /arn:aws[\w-]*:acm:([a-z0-9-]+):(\d{12}):certificate\/[\w-]+/g;

/** Whether given certificates are in the right region and account, and are issued. */
export const certificateCheck: Check<AwsCloud, readonly CertificateNeed[], CertificateSupply> = {
  name: "certificates",
  needs: (plan) => {
    const needs = certificatesIn(plan);
    return needs.length === 0 ? undefined : needs;
  },
  supply: async (cloud, needs) => {
    const own = needs.filter((need) => isInPlace(need, cloud));
    const status = own.map(async ({ arn }) => [arn, await statusOf(cloud, arn)] as const);
    return { region: cloud.region, account: cloud.account, status: Object.fromEntries(await Promise.all(status)) };
  },
  compare: (needs, supply) => needs.flatMap((need) => problemOf(need, supply)),
};

export const certificates = anyCheck(certificateCheck);

function certificatesIn(plan: Plan): readonly CertificateNeed[] {
  const found = plan.created().flatMap(({ type, block }) => {
    const arns = JSON.stringify(block).match(ARN) ?? [];
    return arns.map((arn) => ({ arn, isOfCloudFront: type === "aws_cloudfront_distribution" }));
  });
  return [...new Map(found.map((need) => [need.arn, need])).values()];
}

function problemOf(need: CertificateNeed, supply: CertificateSupply): readonly Problem[] {
  const [region, account] = placeOf(need.arn);
  const expected = expectedRegion(need, supply);
  const needed = `certificate ${need.arn}`;
  const request = `request one in ${expected} and set its ARN`;
  if (region !== expected)
    return [
      {
        needed,
        available: `it is in ${region}, ${need.isOfCloudFront ? "CloudFront" : "the stack"} needs one in ${expected}`,
        fix: request,
      },
    ];
  if (account !== supply.account)
    return [
      { needed, available: `it is in account ${account}, the stack is deployed to ${supply.account}`, fix: request },
    ];
  const status = supply.status[need.arn];
  if (status === "ISSUED") return [];
  if (status === undefined) return [{ needed, available: "it does not exist", fix: request }];
  return [{ needed, available: `its status is ${status}`, fix: "complete its validation in ACM" }];
}

function isInPlace(need: CertificateNeed, cloud: Pick<AwsCloud, "region" | "account">): boolean {
  const [region, account] = placeOf(need.arn);
  return region === expectedRegion(need, cloud) && account === cloud.account;
}

function expectedRegion({ isOfCloudFront }: CertificateNeed, { region }: Pick<AwsCloud, "region">): string {
  return isOfCloudFront ? CLOUDFRONT_REGION : region;
}

function placeOf(arn: string): readonly [region: string, account: string] {
  const [, , , region = "", account = ""] = arn.split(":");
  return [region, account];
}

async function statusOf({ session, region }: AwsCloud, arn: string): Promise<string | undefined> {
  const [location] = placeOf(arn);
  const regional = location === region ? session : new AwsSession(location, session.endpoint);
  try {
    const call = regional.client(ACMClient).send(new DescribeCertificateCommand({ CertificateArn: arn }));
    return (await orUndefined(call, "ResourceNotFoundException"))?.Certificate?.Status;
  } finally {
    if (regional !== session) regional.destroy();
  }
}
