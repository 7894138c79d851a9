import type { Call } from "../call";
import type { JsonObject } from "../response";

/** Prefix of the operations of ECR in `X-Amz-Target`. */
export const ECR_TARGET = "AmazonEC2ContainerRegistry_V20150921";

/** Another operation of ECR with the signature of a call, for the emulator. */
export function ecrCall(call: Call, action: string, body: JsonObject): Call {
  const { "content-length": _length, ...headers } = call.headers;
  const target = `${ECR_TARGET}.${action}`;
  return { ...call, action, headers: { ...headers, "x-amz-target": target }, body: Buffer.from(JSON.stringify(body)) };
}
