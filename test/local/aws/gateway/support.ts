import {
  type Call,
  type Forward,
  type GatewayResponse,
  type RawRequest,
  readCall,
} from "@groundwork/local/aws/gateway/call";

/** A call of a client to a service, with a signature in the SDK's format; without a signature if the service is empty. */
export function callTo(
  service: string,
  request: Partial<Omit<RawRequest, "body">> & { readonly body?: string } = {},
): Call {
  const { method = service === "" ? "GET" : "POST", url = "/", headers = {}, body = "" } = request;
  const signed = service === "" ? {} : { authorization: signature(service) };
  return readCall({ method, url, headers: { ...headers, ...signed }, body: Buffer.from(body) });
}

/** Authorization header of a request to a service. */
export function signature(service: string, region = "ap-northeast-2"): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** A call of the query protocol. */
export function queryCall(service: string, form: Readonly<Record<string, string>>): Call {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return callTo(service, { headers, body: new URLSearchParams(form).toString() });
}

/** An emulator that returns the same text for every call and records the calls. */
export function emulator(text: string, status = 200): { readonly forward: Forward; readonly calls: Call[] } {
  const calls: Call[] = [];
  const response: GatewayResponse = { status, headers: {}, body: Buffer.from(text) };
  return {
    calls,
    forward: (call) => {
      calls.push(call);
      return Promise.resolve(response);
    },
  };
}

/** The body of a response as text. */
export function textOf({ body }: GatewayResponse): string {
  return body.toString();
}
