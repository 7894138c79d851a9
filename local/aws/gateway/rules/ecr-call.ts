import type { Call } from "../call";
import type { JsonObject } from "../response";

/** Another operation of ECR with the signature of a call, for the emulator. */
export function ecrCall(call: Call, action: string, body: JsonObject): Call {
  const { "content-length": _length, ...headers } = call.headers;
  const target = `AmazonEC2ContainerRegistry_V20150921.${action}`;
  return { ...call, action, headers: { ...headers, "x-amz-target": target }, body: Buffer.from(JSON.stringify(body)) };
}
