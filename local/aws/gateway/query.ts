import type { Call, Forward, GatewayResponse } from "./call";
import { signatureFor } from "./credentials";

/** API versions of the services with the query protocol that the gateway calls itself. */
const VERSIONS = { ec2: "2016-11-15", autoscaling: "2011-01-01" } as const;

/** A call of the gateway itself in the query protocol, in the region of the call of the client. */
export async function query(
  forward: Forward,
  { region }: Pick<Call, "region">,
  service: keyof typeof VERSIONS,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<GatewayResponse> {
  const form = new URLSearchParams({ Action: action, Version: VERSIONS[service], ...parameters });
  const headers = {
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    authorization: signatureFor({ service, region }),
  };
  const body = Buffer.from(form.toString());
  return forward({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers,
    body,
    service,
    region,
    action,
    form,
  });
}

/** Numbered parameters of a list: `listed("SubnetId", ["a"])` is `{ "SubnetId.1": "a" }`. */
export function listed(name: string, values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
}

/** Tags as parameters: `TagSpecification.1.Tag.1.Key`. */
export function tagged(prefix: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value], index) => [
      [`${prefix}.${index + 1}.Key`, key],
      [`${prefix}.${index + 1}.Value`, value],
    ]),
  );
}

/** The texts of all elements with a name in the body of a response; none in an error. */
export function elements({ status, body }: GatewayResponse, name: string): readonly string[] {
  if (status >= 300) return [];
  const found = body.toString().matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"));
  return [...found].map(([, text = ""]) => text);
}
