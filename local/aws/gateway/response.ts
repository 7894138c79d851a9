import { type Json, type JsonObject, objectOf } from "../../http/json";
import type { GatewayResponse, Call } from "./call";

export { type Json, type JsonObject, listOf, objectOf, textOf } from "../../http/json";

/** A JSON response. */
export function jsonResponse(body: JsonObject, status = 200): GatewayResponse {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}

/** An error of the JSON protocol. */
export function failure(type: string, message: string): GatewayResponse {
  return jsonResponse({ __type: type, message }, 400);
}

/** An XML response. */
export function xmlResponse(body: string, status = 200): GatewayResponse {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

/** The JSON object in the body of a call or response; empty if the body is something else. */
export function jsonOf({ body }: Pick<Call | GatewayResponse, "body">): JsonObject {
  if (body.length === 0) return {};
  try {
    return objectOf(JSON.parse(body.toString()) as Json);
  } catch {
    return {};
  }
}

/** The response with its body rewritten as text; error responses are unchanged, so that the client receives the original error. */
export function rewriteText(response: GatewayResponse, rewrite: (text: string) => string): GatewayResponse {
  return response.status >= 300 ? response : { ...response, body: Buffer.from(rewrite(response.body.toString())) };
}

/** The response with its JSON body rewritten; error responses are unchanged. */
export function rewriteJson(response: GatewayResponse, rewrite: (body: JsonObject) => JsonObject): GatewayResponse {
  return response.status >= 300
    ? response
    : { ...response, body: Buffer.from(JSON.stringify(rewrite(jsonOf(response)))) };
}

/** Merges `over` into `base`: objects key by key, all other values are replaced. */
export function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    result[key] = isObject ? merged(objectOf(result[key]), objectOf(value)) : value;
  }
  return result;
}
