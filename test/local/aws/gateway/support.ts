import type { RawRequest } from "@groundwork/local/aws/gateway/call";
import { readCall } from "@groundwork/local/aws/gateway/call";
import type { Answer, Call, Forward } from "@groundwork/local/aws/gateway/call";

/** A call of a client to a service, with a signature as an SDK would write it. */
export function callTo(
  service: string,
  request: Partial<Omit<RawRequest, "body">> & { readonly body?: string } = {},
): Call {
  const { method = "POST", url = "/", headers = {}, body = "" } = request;
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/ap-northeast-2/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return readCall({ method, url, headers: { ...headers, authorization }, body: Buffer.from(body) });
}

/** A call of the query protocol. */
export function queryCall(service: string, form: Readonly<Record<string, string>>): Call {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return callTo(service, { headers, body: new URLSearchParams(form).toString() });
}

/** An emulator that answers everything with one text and remembers what it was asked. */
export function emulator(text: string, status = 200): { readonly forward: Forward; readonly asked: Call[] } {
  const asked: Call[] = [];
  const answer: Answer = { status, headers: {}, body: Buffer.from(text) };
  return {
    asked,
    forward: (call) => {
      asked.push(call);
      return Promise.resolve(answer);
    },
  };
}

/** An answer's body as text. */
export function textOf({ body }: Answer): string {
  return body.toString();
}
