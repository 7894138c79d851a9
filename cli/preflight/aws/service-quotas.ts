import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { orUndefined } from "../../aws/aws-errors";
import type { AwsCloud } from "./cloud";

/** A quota by its codes in Service Quotas. */
export interface QuotaCode {
  readonly service: string;
  readonly code: string;
}

/** The value of a quota in the region: the applied one, or the default where none has been applied. */
export async function limitOf({ session }: AwsCloud, { service, code }: QuotaCode): Promise<number | undefined> {
  const client = session.client(ServiceQuotasClient);
  const input = { ServiceCode: service, QuotaCode: code };
  const applied = await orUndefined(client.send(new GetServiceQuotaCommand(input)), "NoSuchResourceException");
  if (applied?.Quota?.Value !== undefined) return applied.Quota.Value;
  const { Quota: quota } = await client.send(new GetAWSDefaultServiceQuotaCommand(input));
  return quota?.Value;
}

/** The command that requests a higher quota. */
export function requestQuota({ region }: Pick<AwsCloud, "region">, { service, code }: QuotaCode) {
  return (sufficient: number): string =>
    `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${sufficient}`;
}
