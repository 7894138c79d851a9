import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsSession } from "../../aws/aws-session";

/** A region of an account, and the caller of its APIs. */
export interface AwsCloud {
  readonly session: AwsSession;
  readonly region: string;
  readonly account: string;
  /** ARN of the caller: of a user, or of a session of a role. */
  readonly caller: string;
  /** Partition of ARNs: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

/** Identifies the caller. */
export async function awsCloud(session: AwsSession): Promise<AwsCloud> {
  const { Account: account = "", Arn: caller = "" } = await session
    .client(STSClient)
    .send(new GetCallerIdentityCommand({}));
  return { session, region: session.region, account, caller, partition: caller.split(":")[1] ?? "aws" };
}
